import { distance } from './points';
import type { ImagePoint, Point } from './points';

/** Whether `point` lies inside, by the even-odd rule. */
export function polygonContains(points: readonly Point[], point: Point): boolean {
  let inside = false;
  forEachEdge(points, (a, b) => {
    if (a.y > point.y === b.y > point.y) return;
    if (point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  });
  return inside;
}

/** Distance of `point` from the nearest edge. */
export function outlineDistance(points: readonly Point[], point: Point): number {
  let nearest = Infinity;
  forEachEdge(points, (a, b) => {
    nearest = Math.min(nearest, distance(nearestOnSegment(a, b, point), point));
  });
  return nearest;
}

/** Shoelace formula; positive whichever way round the points run. */
export function polygonArea(points: readonly Point[]): number {
  let twice = 0;
  forEachEdge(points, (a, b) => {
    twice += a.x * b.y - b.x * a.y;
  });
  return Math.abs(twice) / 2;
}

export function movePoints(points: readonly ImagePoint[], dx: number, dy: number): ImagePoint[] {
  return points.map((point) => ({ x: point.x + dx, y: point.y + dy }) as ImagePoint);
}

function forEachEdge(points: readonly Point[], visit: (a: Point, b: Point) => void): void {
  let previous = points.at(-1);
  for (const point of points) {
    if (previous) visit(previous, point);
    previous = point;
  }
}

/** The point between `a` and `b` that is nearest to `point`. */
export function nearestOnSegment(a: Point, b: Point, point: Point): Point {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point.x - a.x) * dx + (point.y - a.y) * dy) / length;
  const t = Math.min(Math.max(along, 0), 1);
  return { x: a.x + t * dx, y: a.y + t * dy };
}
