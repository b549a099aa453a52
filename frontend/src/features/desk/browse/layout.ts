/** How rows stand in lines. Read from the end they are aligned there, so that what comes before moves
 * nothing; then it is the first line that may be short. */
export function cellsOf<Row>(
  rows: readonly Row[],
  line: number,
  columns: number,
  from: 'start' | 'end',
): (Row | null)[] | null {
  const lines = Math.ceil(rows.length / columns);
  if (line < 0 || line >= lines) return null;
  const begin = line * columns - missing(rows.length, columns, from);
  return Array.from({ length: columns }, (_, n) => rows[begin + n] ?? null);
}

/** The line in which the n-th row stands. */
export function lineOf(
  place: number,
  count: number,
  columns: number,
  from: 'start' | 'end',
): number {
  return Math.floor((place + missing(count, columns, from)) / columns);
}

function missing(count: number, columns: number, from: 'start' | 'end'): number {
  return from === 'end' ? (columns - (count % columns)) % columns : 0;
}

/** Where an arrow or page key leads from a place, as far as there are rows. */
export function placeAfter(
  key: string,
  place: number,
  count: number,
  columns: number,
  page: number,
): number | null {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * page,
    PageDown: columns * page,
  };
  const step = steps[key];
  if (step === undefined || count === 0) return null;
  if (place < 0) return 0;
  const wanted = place + step;
  if (Math.abs(step) > 1 && (wanted < 0 || wanted >= count)) {
    if (key === 'PageUp') return place % columns;
    if (key === 'PageDown' || key === 'ArrowDown') return count - 1;
    return place;
  }
  return Math.max(0, Math.min(wanted, count - 1));
}
