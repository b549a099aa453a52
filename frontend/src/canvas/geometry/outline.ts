import { distance, imagePoint } from './points';
import type { ImagePoint, Point } from './points';
import { nearestOnSegment } from './polygon';

/** The index of the corner nearest to `at`, within `reach`. */
export function cornerNear(points: readonly Point[], at: Point, reach: number): number | null {
  let found: number | null = null;
  let nearest = reach;
  points.forEach((point, index) => {
    const away = distance(point, at);
    if (away > nearest || (away === nearest && found !== null)) return;
    nearest = away;
    found = index;
  });
  return found;
}

/** Where a new corner on the edge nearest to `at` goes, within `reach`. */
export function edgeNear(
  points: readonly ImagePoint[],
  at: ImagePoint,
  reach: number,
): { readonly index: number; readonly point: ImagePoint } | null {
  let found: { index: number; point: ImagePoint } | null = null;
  let nearest = reach;
  points.forEach((a, n) => {
    const on = nearestOnSegment(a, points[(n + 1) % points.length] ?? a, at);
    const away = distance(on, at);
    if (away > nearest || (away === nearest && found)) return;
    nearest = away;
    found = { index: n + 1, point: imagePoint(on.x, on.y) };
  });
  return found;
}

/**
 * The fewest of `points` from which no other lies further away than `tolerance`; the first and the
 * last stay. Douglas and Peucker (1973), with a stack instead of recursion: a long scribble has
 * thousands of points.
 */
export function simplified<P extends Point>(points: readonly P[], tolerance: number): P[] {
  const kept = new Set([0, points.length - 1]);
  const spans: [number, number][] = [[0, points.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    const furthest = furthestBetween(points, from, to, tolerance);
    if (furthest === null) continue;
    kept.add(furthest);
    spans.push([from, furthest], [furthest, to]);
  }
  return points.filter((_, index) => kept.has(index));
}

function furthestBetween(
  points: readonly Point[],
  from: number,
  to: number,
  tolerance: number,
): number | null {
  const [a, b] = [points[from], points[to]];
  if (!a || !b) return null;
  let found: number | null = null;
  let most = tolerance;
  for (let index = from + 1; index < to; index += 1) {
    const point = points[index] ?? a;
    const away = distance(nearestOnSegment(a, b, point), point);
    if (away <= most) continue;
    most = away;
    found = index;
  }
  return found;
}
