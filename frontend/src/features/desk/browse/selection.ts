/** What of a list is selected, by the ids of its rows: more rows may come before and after them. */
export interface Selection {
  /** The row that keys act on. */
  readonly focus: string | null;
  /** Where a range begins. */
  readonly anchor: string | null;
  readonly chosen: ReadonlySet<string>;
  /** What was selected before the range. */
  readonly base: ReadonlySet<string>;
  /** Also what matches and is not fetched. */
  readonly all: boolean;
}

const NONE: ReadonlySet<string> = new Set();

export const NOTHING: Selection = {
  focus: null,
  anchor: null,
  chosen: NONE,
  base: NONE,
  all: false,
};

/** Goes to a row; what is selected stays. */
export function goTo(before: Selection, id: string): Selection {
  return { ...before, focus: id, anchor: id, base: before.chosen };
}

/** Selects a row, or no more; it becomes the beginning of a range. */
export function toggle(before: Selection, id: string): Selection {
  const chosen = new Set(before.chosen);
  if (!chosen.delete(id)) chosen.add(id);
  return { focus: id, anchor: id, chosen, base: chosen, all: false };
}

/** Selects from the beginning of the range to a row, besides what was selected before that range. */
export function extend(ids: readonly string[], before: Selection, id: string): Selection {
  const to = ids.indexOf(id);
  const begin = before.anchor === null ? -1 : ids.indexOf(before.anchor);
  if (to < 0) return before;
  const from = begin < 0 ? to : begin;
  const range = ids.slice(Math.min(from, to), Math.max(from, to) + 1);
  const chosen = new Set([...before.base, ...range]);
  return { ...before, focus: id, anchor: ids[from] ?? id, chosen, all: false };
}

/** Selects these and nothing else. */
export function choose(before: Selection, ids: readonly string[]): Selection {
  const chosen = new Set(ids);
  return { ...before, chosen, base: chosen, all: false };
}

/** Selects nothing; the place stays. */
export function drop(before: Selection): Selection {
  return { ...before, anchor: before.focus, chosen: NONE, base: NONE, all: false };
}

/** Goes to what stands now where the row in focus stood, if that has left the list: no key is about
 * a task that nobody sees. */
export function stay(before: Selection, was: readonly string[], ids: readonly string[]): Selection {
  if (before.focus === null || ids.length === 0 || ids.includes(before.focus)) return before;
  const place = was.indexOf(before.focus);
  const focus = place < 0 ? null : (ids[Math.min(place, ids.length - 1)] ?? null);
  return { ...before, focus, anchor: focus };
}

/** What an act is on: the selected rows, or else the one in focus. */
export function inHand(selection: Selection): readonly string[] {
  if (selection.chosen.size > 0) return [...selection.chosen];
  return selection.focus === null ? [] : [selection.focus];
}
