import type { Dataset } from '@/lib/datasets';
import { i18next } from '@/lib/i18n';
import type { OptionId } from '../api/tasks';
import { toggled } from './response';
import type { Breach } from './rules';

export type Block = Dataset['blocks'][number];

/** What was said to blocks, by their ids; an open one is not named. */
export type Said = Readonly<Record<string, unknown>>;

/** The options that are picked in a block. */
export function pickedIn(block: Block, said: Said): OptionId[] {
  const value = said[block.id];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]) as OptionId[];
}

/** What is said to a block after one more press on an option; undefined where that is nothing. */
export function afterPick(block: Block, said: Said, option: OptionId): unknown {
  const picked = toggled(pickedIn(block, said), option, block.multiple ? 'multiple' : 'single');
  if (picked.length === 0) return undefined;
  return block.multiple ? picked : picked[0];
}

/** The block after the marked one; after the last comes none where digits mean something else, too. */
export function nextMarked(
  blocks: readonly Block[],
  marked: Block | null,
  { round }: { round: boolean },
): Block | null {
  const place = marked === null ? 0 : blocks.findIndex(({ id }) => id === marked.id) + 1;
  return blocks[place] ?? (round ? (blocks[0] ?? null) : null);
}

/** The required blocks that are open, as rules that accepting would break. */
export function openBlocks(blocks: readonly Block[], said: Said): Breach[] {
  return blocks
    .filter((block) => block.required && isOpen(said[block.id]))
    .map(({ title }) => ({
      rule: 'blocks',
      detail: i18next.t('labelling:rule.blocks', { title }),
    }));
}

/** Of a text, space is no answer. */
function isOpen(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value.trim() === '');
}
