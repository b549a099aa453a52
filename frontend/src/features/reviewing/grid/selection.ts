/** What a selection has to know of a tile. */
export interface Selectable {
  readonly id: string;
  /** Of tiles of one set the same can be said. */
  readonly set: string;
  readonly kind: string;
  /** Whether something is still to be said of it. */
  readonly open: boolean;
}

export interface Selection {
  /** The place that keys act on. */
  readonly focus: number;
  /** Where a range begins. */
  readonly anchor: number;
  readonly chosen: ReadonlySet<string>;
}

/** Why a tile is not among the selected ones: it is decided, asks something else, has other options. */
export type Refusal = 'decided' | 'kind' | 'options';

/** A selection after an act, and what of the act was refused. */
export interface Selected {
  readonly selection: Selection;
  readonly refused: Refusal | null;
}

export const NOTHING: Selection = { focus: 0, anchor: 0, chosen: new Set() };

/** Goes to a place within the tiles; what is selected stays. */
export function goTo(tiles: readonly Selectable[], selection: Selection, place: number): Selection {
  const focus = Math.max(0, Math.min(place, tiles.length - 1));
  return { ...selection, focus, anchor: focus };
}

/** Selects a tile, or no more; the place becomes the beginning of a range. */
export function toggle(tiles: readonly Selectable[], before: Selection, place: number): Selected {
  const selection = goTo(tiles, before, place);
  const tile = tiles[selection.focus];
  if (!tile) return { selection, refused: null };
  const chosen = new Set(selection.chosen);
  if (chosen.delete(tile.id)) return { selection: { ...selection, chosen }, refused: null };
  const refused = refusal(tile, firstChosen(tiles, chosen));
  if (!refused) chosen.add(tile.id);
  return { selection: { ...selection, chosen }, refused };
}

/** Selects from the beginning of the range to a place: all that go together with its first tile. */
export function extend(tiles: readonly Selectable[], before: Selection, place: number): Selected {
  const focus = Math.max(0, Math.min(place, tiles.length - 1));
  const { anchor } = before;
  const [from, to] = [Math.min(anchor, focus), Math.max(anchor, focus)];
  return among(tiles, { ...before, focus }, tiles.slice(from, to + 1), tiles[anchor]);
}

/** Selects all that go together with what is selected, or else with the tile in focus. */
export function selectAll(tiles: readonly Selectable[], before: Selection): Selected {
  const first = firstChosen(tiles, before.chosen) ?? tiles[before.focus];
  return { ...among(tiles, before, tiles, first), refused: null };
}

/** Why `tile` cannot be selected beside `first`; null if it can. */
export function refusal(tile: Selectable, first: Selectable | undefined): Refusal | null {
  if (!tile.open) return 'decided';
  if (!first || tile.set === first.set) return null;
  return tile.kind === first.kind ? 'options' : 'kind';
}

/** The next tile after a place of which something is to be said, from the start again at the end. */
export function nextOpen(tiles: readonly Selectable[], place: number): number | null {
  const places = tiles.map((_, n) => (place + 1 + n) % tiles.length);
  return places.find((n) => tiles[n]?.open) ?? null;
}

function among(
  tiles: readonly Selectable[],
  selection: Selection,
  candidates: readonly Selectable[],
  start: Selectable | undefined,
): Selected {
  const first = start?.open ? start : candidates.find(({ open }) => open);
  const refusals = candidates.map((tile) => refusal(tile, first));
  const chosen = new Set(candidates.filter((_, n) => refusals[n] === null).map(({ id }) => id));
  const refused = refusals.find((each) => each === 'kind' || each === 'options') ?? null;
  return { selection: { ...selection, chosen }, refused: tiles.length > 0 ? refused : null };
}

function firstChosen(tiles: readonly Selectable[], chosen: ReadonlySet<string>) {
  return tiles.find(({ id }) => chosen.has(id));
}
