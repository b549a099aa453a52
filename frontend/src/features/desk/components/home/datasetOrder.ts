import type { Card } from '@/lib/home';

export const ORDERS = ['newest', 'name', 'unfinished'] as const;
export type Order = (typeof ORDERS)[number];

/** The cards whose name holds every word that is searched for, in the order that is wanted. */
export function found(
  cards: readonly Card[],
  { search, order }: { search: string; order: Order },
): Card[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = cards.filter(({ name }) =>
    words.every((word) => name.toLowerCase().includes(word)),
  );
  if (order === 'name') return matching.sort((a, b) => a.name.localeCompare(b.name));
  if (order === 'unfinished') return matching.sort((a, b) => unfinished(b) - unfinished(a));
  return matching;
}

function unfinished({ counts }: Card): number {
  return counts.tasks - counts.final;
}
