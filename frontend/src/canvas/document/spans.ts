import { imagePoint } from '../geometry/points';
import type { ImagePoint } from '../geometry/points';
import { boundsOf, cornersOf } from '../geometry/rect';
import type { Rect } from '../geometry/rect';
import { polygonShape } from './shapes';
import type { Shape } from './shapes';

/**
 * A shape as files and the API write it, Prodigy-style: `x, y` is the top left, `points` run top
 * left, bottom left, bottom right, top right. Keys that are not named here pass through untouched.
 */
export interface Span {
  readonly id?: string | undefined;
  readonly type?: string | undefined;
  readonly label?: string | undefined;
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly points?: readonly (readonly number[])[] | undefined;
  readonly center?: readonly number[] | undefined;
  readonly [key: string]: unknown;
}

/** What the canvas writes: every key is there. */
export interface WrittenSpan extends Span {
  readonly id: string;
  readonly type: Shape['type'];
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly points: [number, number][];
  readonly center: [number, number];
}

/** Throws when a span has neither `x, y, width, height` nor points: the server never sends such. */
export function shapeFromSpan(span: Span, createId: () => string): Shape {
  const { id = createId(), type, label = '', x, y, width, height, points, center, ...extra } = span;
  void center; // follows from the rest
  const corners = (points ?? []).map(([px = NaN, py = NaN]) => imagePoint(px, py));
  if (type === 'polygon' || type === 'freehand') {
    return { ...polygonShape(id, label, corners, type), extra };
  }
  const rect = completeRect(x, y, width, height) ?? boundsOfCorners(corners);
  return { id, type: 'rect', label, rect, extra };
}

function completeRect(
  x: number | undefined,
  y: number | undefined,
  width: number | undefined,
  height: number | undefined,
): Rect | null {
  if (x === undefined || y === undefined || width === undefined || height === undefined) {
    return null;
  }
  return { x, y, width, height };
}

function boundsOfCorners(corners: readonly ImagePoint[]): Rect {
  if (corners.length < 2) throw new Error('A span needs x, y, width, height or points.');
  return boundsOf(corners);
}

export function spanFromShape(shape: Shape): WrittenSpan {
  const { id, type, label, rect, extra } = shape;
  const { x, y, width, height } = rect;
  const outline = shape.type === 'rect' ? cornersOf(rect) : shape.points;
  return {
    ...extra,
    id,
    type,
    label,
    x,
    y,
    width,
    height,
    points: outline.map((point) => [point.x, point.y]),
    center: [x + width / 2, y + height / 2],
  };
}
