import { imagePoint } from '../geometry/points';
import type { ImagePoint, Point } from '../geometry/points';
import type { Shape } from './shapes';

/** The key of a span that keeps the extreme points which a box was drawn by. */
const KEY = 'extreme_points';

/** The extreme points that `shape` was drawn by, image px; none for one drawn otherwise. */
export function extremesOf({ extra }: Shape): ImagePoint[] {
  const points: unknown = extra[KEY];
  if (!Array.isArray(points)) return [];
  return points.filter(isPair).map(([x, y]) => imagePoint(x, y));
}

export function withExtremes<S extends Shape>(shape: S, points: readonly Point[]): S {
  if (points.length === 0) return shape;
  return { ...shape, extra: { ...shape.extra, [KEY]: points.map(({ x, y }) => [x, y]) } };
}

/** For a box whose sides were changed: the points no longer say where they are. */
export function withoutExtremes<S extends Shape>(shape: S): S {
  if (!(KEY in shape.extra)) return shape;
  const { [KEY]: _, ...extra } = shape.extra;
  return { ...shape, extra };
}

function isPair(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);
}
