import type { Kind } from '@/canvas';
import { i18next } from '@/lib/i18n';
import { digitKey } from '@/lib/palette';
import type { Dataset, Label } from '@/lib/datasets';

/** The labels that new shapes can get, in the order of the settings. */
export function usableLabels({ labels }: Pick<Dataset, 'labels'>): Label[] {
  return labels.filter(({ retired }) => !retired);
}

/** The label of a digit: one's own key for the first ten, then, with Shift and Alt, its place. */
export function labelOfDigit(labels: readonly Label[], place: number): Label | undefined {
  return place < 10 ? labels.find(({ key }) => key === digitKey(place)) : labels[place];
}

/** The key that stands before the n-th label; empty where it has none. */
export function keyOfLabel(labels: readonly Label[], n: number): string {
  const key = labels[n]?.key ?? '';
  if (key !== '' || n < 10 || n > 29) return key;
  return `${n < 20 ? '⇧' : '⇧⌥'}${digitKey(n % 10)}`;
}

/** "polygons and freehand shapes" */
export function kindWords(kinds: readonly Kind[]): string {
  return kinds.map((kind) => i18next.t(`labelling:kinds.${kind}`)).join(' and ');
}

/** What can be searched for. */
export interface Named {
  readonly name: string;
  readonly short: string;
}

/**
 * The labels that fit a search, the likeliest first. Without one: those used lately, the last of
 * them first but not the one in use, which needs no search; then all others in their order.
 */
export function foundLabels<Each extends Named>(
  labels: readonly Each[],
  search: string,
  used: readonly string[],
): Each[] {
  const wanted = folded(search.trim());
  if (wanted === '') {
    const [, ...before] = used;
    const recent = before.flatMap((name) => labels.filter((label) => label.name === name));
    return [...recent, ...labels.filter((label) => !recent.includes(label))];
  }
  const ranks = new Map(labels.map((label) => [label, rank(label, wanted)]));
  const rankOf = (label: Each) => ranks.get(label) ?? Infinity;
  return labels
    .filter((label) => rankOf(label) < Infinity)
    .sort((one, other) => rankOf(one) - rankOf(other));
}

/** How well a label fits, 0 the best: as written, by its beginning, a word's, or somewhere within. */
function rank({ name, short }: Named, wanted: string): number {
  const text = folded(name);
  if (text === wanted || folded(short) === wanted) return 0;
  if (text.startsWith(wanted)) return 1;
  const at = text.indexOf(wanted);
  if (at < 0) return Infinity;
  return text.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted)) ? 2 : 3;
}

/** Without accents and case: who is in a hurry types neither. In capitals ß is SS. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase();
}
