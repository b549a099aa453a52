import type { Dataset } from '@/lib/datasets';

export type Block = Dataset['blocks'][number];

/** What can be answered, as one choice of the person who asks. */
export type Kind = 'one' | 'several' | 'text';

export const KINDS: readonly Kind[] = ['one', 'several', 'text'];

export function kindOf(block: Block): Kind {
  if (block.type === 'text') return 'text';
  return block.multiple ? 'several' : 'one';
}

/** The same question with another kind of answer; a text offers no options. */
export function blockOf(block: Block, kind: Kind): Block {
  if (kind === 'text') return { ...block, type: 'text', options: [], multiple: false };
  return { ...block, type: 'choice', multiple: kind === 'several' };
}

/** One more question with an id that is free. */
export function newBlock(blocks: readonly Block[]): Block {
  const taken = new Set(blocks.map(({ id }) => id));
  let n = blocks.length + 1;
  while (taken.has(`question-${n}`)) n += 1;
  return { id: `question-${n}`, type: 'choice', title: '', options: [] };
}
