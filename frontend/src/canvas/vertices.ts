import type { PolygonShape, Shape } from './document/shapes';
import type { DocumentState } from './document/store';
import { imagePoint } from './geometry/points';
import type { ImagePoint, Point, Size } from './geometry/points';
import { boundsOf, clampPoint } from './geometry/rect';
import { MIN_POINTS } from './tools/tool';
import type { Hint } from './tools/tool';

/** One corner of an outline. */
export interface Vertex {
  readonly id: string;
  readonly index: number;
}

/** The outline with other corners. */
export function reshaped(shape: PolygonShape, points: readonly ImagePoint[]): PolygonShape {
  return { ...shape, points, rect: boundsOf(points) };
}

/** The document with another version of one of its shapes, which becomes the selected one. */
export function withShape(state: DocumentState, changed: Shape): DocumentState {
  const shapes = state.shapes.map((shape) => (shape.id === changed.id ? changed : shape));
  return { ...state, shapes, selection: [changed.id] };
}

/** The outline that is selected alone; null when something else is, or nothing. */
export function selectedOutline({ shapes, selection }: DocumentState): PolygonShape | null {
  const only = selection.length === 1 && shapes.find(({ id }) => id === selection[0]);
  return only && only.type !== 'rect' ? only : null;
}

/** Why an outline keeps its last three corners. */
export const TOO_FEW: Hint = { code: 'too_few', minimum: MIN_POINTS };

export function isSmallest(state: DocumentState): boolean {
  return (selectedOutline(state)?.points.length ?? 0) <= MIN_POINTS;
}

/** The corner `step` places after `current`, around the selected outline. */
export function neighbourVertex(
  state: DocumentState,
  current: Vertex | null,
  step: 1 | -1,
): (Vertex & { readonly point: ImagePoint }) | null {
  const outline = selectedOutline(state);
  if (!outline) return null;
  const count = outline.points.length;
  const from = current?.index ?? (step === 1 ? -1 : count);
  const index = (from + step + count) % count;
  const point = outline.points[index];
  return point ? { id: outline.id, index, point } : null;
}

/** Without a corner; an outline that would fall below three stays as it is. */
export function withoutVertex(state: DocumentState, { index }: Vertex): DocumentState {
  const shape = selectedOutline(state);
  if (!shape || isSmallest(state)) return state;
  const points = shape.points.filter((_, place) => place !== index);
  return withShape(state, reshaped(shape, points));
}

/** With a corner moved, as far as the image reaches. */
export function vertexMoved(
  state: DocumentState,
  { index }: Vertex,
  by: Point,
  image: Size,
): DocumentState {
  const shape = selectedOutline(state);
  if (!shape) return state;
  const points = shape.points.map((point, place) =>
    place === index ? clampPoint(imagePoint(point.x + by.x, point.y + by.y), image) : point,
  );
  return withShape(state, reshaped(shape, points));
}
