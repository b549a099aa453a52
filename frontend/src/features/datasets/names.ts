import { digitKey, labelColour } from '@/lib/palette';
import type { Option } from '@/lib/datasets';
import type { Attribute } from './attributes';

/** A label that is being written, before the server has given it an id. */
export interface LabelDraft {
  name: string;
  colour: string;
  key: string;
  attributes: Attribute[];
}

/** The names in what somebody typed or pasted: separated by commas or lines, blanks and repeats left out. */
export function namesIn(text: string): string[] {
  const names = text.split(/[,\n]/).map((name) => name.trim());
  return [...new Set(names.filter(Boolean))];
}

/** Adds labels, each with the next colour and digit that are free; those that are there already stay. */
export function withLabels(labels: readonly LabelDraft[], text: string): LabelDraft[] {
  return namesIn(text).reduce<LabelDraft[]>(
    (all, name) => {
      if (all.some((label) => label.name === name)) return all;
      const colour = firstFree(labelColour, new Set(all.map((label) => label.colour)));
      return [...all, { name, colour, key: freeKey(all), attributes: [] }];
    },
    [...labels],
  );
}

/** Adds options; the id of each is its text in plain letters, so that exports read well. */
export function withOptions(options: readonly Option[], text: string): Option[] {
  return namesIn(text).reduce<Option[]>(
    (all, name) => {
      if (all.some((option) => option.text === name)) return all;
      const ids = new Set(all.map((option) => String(option.id)));
      const id = firstFree((n) => (n === 0 ? plain(name) : `${plain(name)}-${n + 1}`), ids);
      return [...all, { id, text: name, key: freeKey(all) }];
    },
    [...options],
  );
}

/** The names that were given but are there already. */
export function repeated(existing: readonly string[], text: string): string[] {
  return namesIn(text).filter((name) => existing.includes(name));
}

function freeKey(rows: readonly { key?: string }[]): string {
  const taken = new Set(rows.map((row) => row.key ?? ''));
  const digits = Array.from({ length: 10 }, (_, n) => digitKey(n));
  return digits.find((digit) => !taken.has(digit)) ?? '';
}

function firstFree(candidate: (n: number) => string, taken: ReadonlySet<string>): string {
  let n = 0;
  while (taken.has(candidate(n))) n += 1;
  return candidate(n);
}

function plain(text: string): string {
  const letters = text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
  return letters.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'option';
}
