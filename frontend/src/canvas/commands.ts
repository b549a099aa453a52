import { carried, saidOf, withSaid, withValue } from './document/attributes';
import type { AttributeValue } from './document/attributes';
import { movedTogether, placedShape, resizedShape } from './document/shapes';
import type { Shape } from './document/shapes';
import type { DocumentState } from './document/store';
import { accepted } from './document/suggestions';
import { resizedRect } from './geometry/drag';
import type { Handle } from './geometry/handles';
import type { Point, Size } from './geometry/points';
import { boundsOf, clampPoint, clampRect } from './geometry/rect';
import type { Rect } from './geometry/rect';
import type { EditorSettings } from './state';
import { MIN_SIDE } from './tools/tool';

// Each command takes the document and gives the next one; the same shapes mean that nothing happened.

export function selectedShapes({
  shapes,
  selection,
}: Pick<DocumentState, 'shapes' | 'selection'>): Shape[] {
  const selected = new Set(selection);
  return shapes.filter((shape) => selected.has(shape.id));
}

/** A command on what of the selection may be changed; the rest stays as it is, and selected. */
export function sparing(
  state: DocumentState,
  isFree: (shape: Shape) => boolean,
  command: (state: DocumentState) => DocumentState,
): DocumentState {
  const held = selectedShapes(state)
    .filter((shape) => !isFree(shape))
    .map(({ id }) => id);
  if (held.length === 0) return command(state);
  const next = command({
    ...state,
    selection: state.selection.filter((id) => !held.includes(id)),
  });
  return { ...next, selection: [...held, ...next.selection] };
}

export function withoutSelection(state: DocumentState): DocumentState {
  if (state.selection.length === 0) return state;
  const selected = new Set(state.selection);
  const shapes = state.shapes.filter((shape) => !selected.has(shape.id));
  return { ...state, shapes, selection: [] };
}

export function relabelled(
  state: DocumentState,
  label: string,
  { asked, usual }: Pick<EditorSettings, 'asked' | 'usual'>,
): DocumentState {
  const changes = selectedShapes(state).some((shape) => shape.label !== label);
  if (!changes) return state;
  const after = asked.get(label) ?? [];
  return mapSelected(state, (shape) => {
    if (shape.label === label) return shape;
    const before = asked.get(shape.label) ?? [];
    const said = carried(saidOf(shape), before, after, usual.get(label) ?? {});
    return withSaid({ ...shape, label }, said);
  });
}

/** What the selected shapes say to an attribute; undefined takes it back. */
export function attributed(
  state: DocumentState,
  name: string,
  value: AttributeValue | undefined,
): DocumentState {
  const changes = selectedShapes(state).some((shape) => saidOf(shape)[name] !== value);
  if (!changes) return state;
  return mapSelected(state, (shape) => withSaid(shape, withValue(saidOf(shape), name, value)));
}

/** The selection above all other shapes, or below them. */
export function stacked(state: DocumentState, place: 'front' | 'back'): DocumentState {
  const selected = selectedShapes(state);
  const rest = state.shapes.filter((shape) => !selected.includes(shape));
  const shapes = place === 'front' ? [...rest, ...selected] : [...selected, ...rest];
  return shapes.every((shape, n) => shape === state.shapes[n]) ? state : { ...state, shapes };
}

/** Moves the selection together, as far as the image reaches. */
export function moved(state: DocumentState, by: Point, image: Size): DocumentState {
  const held = selectedShapes(state);
  const shifted = movedTogether(held, by.x, by.y, image);
  const byId = new Map(shifted.map((shape) => [shape.id, shape]));
  return mapSelected(state, (shape) => byId.get(shape.id) ?? shape);
}

/** Moves the right or bottom edge of the selected rectangles, never below the smallest size. */
export function stretched(state: DocumentState, by: Point, image: Size): DocumentState {
  const handle: Handle = by.x !== 0 ? 'e' : 's';
  const plain = { even: false, centred: false };
  return mapSelected(state, (shape) => {
    if (shape.type !== 'rect') return shape;
    const room = {
      x: Math.max(by.x, MIN_SIDE - shape.rect.width),
      y: Math.max(by.y, MIN_SIDE - shape.rect.height),
    };
    return resizedShape(shape, resizedRect(shape.rect, handle, room, plain, image));
  });
}

/** Gives one rectangle exact numbers, cut at the image's border. */
export function placed(state: DocumentState, id: string, rect: Rect, image: Size): DocumentState {
  const inside = clampRect(rect, image);
  if (Math.min(inside.width, inside.height) < MIN_SIDE) return state;
  return {
    ...state,
    shapes: state.shapes.map((shape) =>
      shape.id === id && shape.type === 'rect' ? placedShape(shape, inside) : shape,
    ),
  };
}

/** Says something beside the shapes; undefined takes it back. */
export function said(state: DocumentState, name: string, value: unknown): DocumentState {
  if (state.values[name] === value) return state;
  const { [name]: _, ...rest } = state.values;
  return { ...state, values: value === undefined ? rest : { ...rest, [name]: value } };
}

/** Adds copies with new ids, moved by `offset` as far as the image reaches, and selects them. */
export function pasted(
  state: DocumentState,
  copies: readonly Shape[],
  offset: number,
  image: Size,
  createId: () => string,
): DocumentState {
  const added = movedTogether(copies, offset, offset, image)
    .map((shape) => insideOf(shape, image))
    .filter(({ rect }) => Math.min(rect.width, rect.height) >= MIN_SIDE)
    .map((shape) => ({ ...accepted(shape), id: createId() }));
  if (added.length === 0) return state;
  return {
    ...state,
    shapes: [...state.shapes, ...added],
    selection: added.map((shape) => shape.id),
  };
}

/** What of a shape that was copied from a larger image fits into this one. */
function insideOf(shape: Shape, image: Size): Shape {
  if (shape.type === 'rect') {
    const rect = clampRect(shape.rect, image);
    return rect === shape.rect ? shape : resizedShape(shape, rect);
  }
  const points = shape.points.map((point) => clampPoint(point, image));
  return { ...shape, points, rect: boundsOf(points) };
}

/** The id `step` places after the selected one; null past either end. Starts at the first or last. */
export function neighbour(
  state: DocumentState,
  step: 1 | -1,
  isShown: (shape: Shape) => boolean,
): string | null {
  const current = state.selection.at(-1);
  const ids = state.shapes
    .filter((shape) => shape.id === current || isShown(shape))
    .map((shape) => shape.id);
  const position = current === undefined ? (step === 1 ? -1 : ids.length) : ids.indexOf(current);
  return ids[position + step] ?? null;
}

/** Where two versions of the shapes differ. */
export function difference(before: readonly Shape[], after: readonly Shape[]): Rect[] {
  const old = new Set(before);
  const now = new Set(after);
  const gone = before.filter((shape) => !now.has(shape));
  const added = after.filter((shape) => !old.has(shape));
  return [...gone, ...added].map((shape) => shape.rect);
}

function mapSelected(state: DocumentState, change: (shape: Shape) => Shape): DocumentState {
  if (state.selection.length === 0) return state;
  const selected = new Set(state.selection);
  const shapes = state.shapes.map((shape) => (selected.has(shape.id) ? change(shape) : shape));
  return { ...state, shapes };
}
