/** The list with one of its items at the place of another; as it was if either is not in it. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return [...items];
  const others = items.filter((_, n) => n !== from);
  return [...others.slice(0, to), item, ...others.slice(to)];
}

/** Where a key moves the item at `from` of `count`; undefined for keys that move nothing. */
export function placeAfter(key: string, from: number, count: number): number | undefined {
  const places: Record<string, number> = {
    ArrowUp: from - 1,
    ArrowDown: from + 1,
    Home: 0,
    End: count - 1,
  };
  const to = places[key];
  return to === undefined ? undefined : Math.min(Math.max(to, 0), count - 1);
}
