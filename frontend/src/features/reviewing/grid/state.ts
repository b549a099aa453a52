import type { Kind, LeftOut, Point, Saying, Take } from '../api/bulk';
import { NOTHING } from './selection';
import type { Refusal, Selectable, Selection } from './selection';

/** What the page says of what was just done. */
export type Note =
  | { readonly kind: 'refused'; readonly why: Refusal }
  | { readonly kind: 'tied'; readonly count: number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'undone'; readonly count: number; readonly left: readonly LeftOut[] }
  | { readonly kind: 'left'; readonly count: number; readonly left: readonly LeftOut[] };

export interface GridState {
  /** The conflicts on the page; what is decided stays in its place until the page is done. */
  readonly points: readonly Point[];
  /** What can be said, by the names of the sets. */
  readonly sets: ReadonlyMap<string, readonly Take[]>;
  readonly said: ReadonlyMap<string, Saying>;
  /** Why conflicts could not be decided. */
  readonly left: ReadonlyMap<string, LeftOut>;
  readonly selection: Selection;
  readonly kinds: readonly { kind: Kind; count: number }[];
  /** Images on which only is left to say whether anything was missed. */
  readonly missed: number;
  /** There are others after these. */
  readonly more: boolean;
  readonly loading: boolean;
  readonly error: unknown;
  readonly note: Note | null;
  readonly sending: number;
  readonly offline: boolean;
}

export const START: GridState = {
  points: [],
  sets: new Map(),
  said: new Map(),
  left: new Map(),
  selection: NOTHING,
  kinds: [],
  missed: 0,
  more: false,
  loading: true,
  error: null,
  note: null,
  sending: 0,
  offline: false,
};

/** The conflicts as a selection sees them. */
export function tilesOf({ points, said, left }: GridState): Selectable[] {
  return points.map(({ id, set, kind }) => ({
    id,
    set,
    kind,
    open: !said.has(id) && !left.has(id),
  }));
}

/** What keys act on: what is selected, or else the one in focus. */
export function inHand(state: GridState): Point[] {
  const { points, selection } = state;
  if (selection.chosen.size > 0) return points.filter(({ id }) => selection.chosen.has(id));
  const point = points[selection.focus];
  return point && !state.said.has(point.id) ? [point] : [];
}

/** What can be said of what is in hand, in the order of the digits. */
export function takesInHand(state: GridState): readonly Take[] {
  const [first = state.points[state.selection.focus]] = inHand(state);
  return (first && state.sets.get(first.set)) ?? [];
}
