import { extremesOf, withExtremes, withoutExtremes } from './extremes';
import { outlineIou, rectIou } from '../geometry/overlap';
import type { ImagePoint, Point, Size } from '../geometry/points';
import { movePoints, polygonArea } from '../geometry/polygon';
import { area, boundsOf, clampMove, cornersOf } from '../geometry/rect';
import type { Rect } from '../geometry/rect';

interface ShapeBase {
  readonly id: string;
  readonly label: string;
  /** Keys of the loaded span that the canvas does not know; they leave as they came. */
  readonly extra: Readonly<Record<string, unknown>>;
  /** Offered by a model and no part of the answer yet, with the model's score if it has one. */
  readonly suggested?: { readonly score: number | null };
}

export interface RectShape extends ShapeBase {
  readonly type: 'rect';
  readonly rect: Rect;
}

export interface PolygonShape extends ShapeBase {
  readonly type: 'polygon' | 'freehand';
  readonly points: readonly ImagePoint[];
  /** The bounding rectangle of `points`. */
  readonly rect: Rect;
}

/** Immutable; in document order, later shapes above earlier ones. */
export type Shape = RectShape | PolygonShape;

export function rectShape(id: string, label: string, rect: Rect): RectShape {
  return { id, type: 'rect', label, rect, extra: {} };
}

export function polygonShape(
  id: string,
  label: string,
  points: readonly ImagePoint[],
  type: PolygonShape['type'] = 'polygon',
): PolygonShape {
  return { id, type, label, points, rect: boundsOf(points), extra: {} };
}

/** In square image pixels. */
export function shapeArea(shape: Shape): number {
  return shape.type === 'rect' ? area(shape.rect) : polygonArea(shape.points);
}

/** Area that two shapes share over the area that they cover together, 0 to 1. */
export function shapeIou(a: Shape, b: Shape): number {
  const around = rectIou(a.rect, b.rect);
  if (around === 0 || (a.type === 'rect' && b.type === 'rect')) return around;
  return outlineIou(outlineOf(a), outlineOf(b));
}

function outlineOf(shape: Shape): readonly Point[] {
  return shape.type === 'rect' ? cornersOf(shape.rect) : shape.points;
}

export function movedShape(shape: Shape, dx: number, dy: number): Shape {
  const rect = { ...shape.rect, x: shape.rect.x + dx, y: shape.rect.y + dy };
  if (shape.type === 'rect') return placedShape(shape, rect);
  return { ...shape, rect, points: movePoints(shape.points, dx, dy) };
}

/** `shape` with other sides. */
export function resizedShape(shape: RectShape, rect: Rect): RectShape {
  return { ...withoutExtremes(shape), rect };
}

/** `shape` exactly where `rect` is. */
export function placedShape(shape: RectShape, rect: Rect): RectShape {
  const { x, y, width, height } = shape.rect;
  if (rect.width !== width || rect.height !== height) return resizedShape(shape, rect);
  const extremes = movePoints(extremesOf(shape), rect.x - x, rect.y - y);
  return withExtremes({ ...shape, rect }, extremes);
}

/** All of `shapes` moved by the part of (dx, dy) that keeps every one of them inside of the image. */
export function movedTogether(
  shapes: readonly Shape[],
  dx: number,
  dy: number,
  image: Size,
): Shape[] {
  let by = { x: dx, y: dy };
  for (const { rect } of shapes) by = clampMove(rect, by.x, by.y, image);
  return shapes.map((shape) => movedShape(shape, by.x, by.y));
}
