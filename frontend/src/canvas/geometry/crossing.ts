import type { Point } from './points';

interface Edge {
  readonly index: number;
  readonly a: Point;
  readonly b: Point;
  readonly left: number;
  readonly right: number;
}

/**
 * Whether an outline meets itself: two of its edges cross, touch or lie on one another, other than
 * where neighbours share their corner. Corners in a row at the same place count as one. Edges are
 * compared only while they overlap from left to right.
 */
export function crossesItself(points: readonly Point[]): boolean {
  const edges = edgesOf(points);
  const count = edges.length;
  const waiting = [...edges].sort((one, other) => one.left - other.left);
  let active: Edge[] = [];
  for (const edge of waiting) {
    active = active.filter((other) => other.right >= edge.left);
    if (active.some((other) => meet(edge, other, count))) return true;
    active.push(edge);
  }
  return false;
}

function edgesOf(points: readonly Point[]): Edge[] {
  const corners = points.filter((point, n) => {
    const before = points.at(n - 1);
    return !before || before.x !== point.x || before.y !== point.y;
  });
  return corners.map((a, index) => {
    const b = corners[(index + 1) % corners.length] ?? a;
    return { index, a, b, left: Math.min(a.x, b.x), right: Math.max(a.x, b.x) };
  });
}

function meet(one: Edge, other: Edge, count: number): boolean {
  if ((one.index + 1) % count === other.index) return foldsBack(one, other);
  if ((other.index + 1) % count === one.index) return foldsBack(other, one);
  return touch(one, other);
}

/** Whether `next` runs back along `edge`, which ends where it begins. */
function foldsBack({ a, b }: Edge, { b: c }: Edge): boolean {
  if (side(a, b, c) !== 0) return false;
  return (a.x - b.x) * (c.x - b.x) + (a.y - b.y) * (c.y - b.y) > 0;
}

function touch(one: Edge, other: Edge): boolean {
  const [p, q, r, s] = [one.a, one.b, other.a, other.b];
  const turns = [side(p, q, r), side(p, q, s), side(r, s, p), side(r, s, q)] as const;
  if (turns[0] !== turns[1] && turns[2] !== turns[3]) return true;
  return (
    (turns[0] === 0 && between(p, q, r)) ||
    (turns[1] === 0 && between(p, q, s)) ||
    (turns[2] === 0 && between(r, s, p)) ||
    (turns[3] === 0 && between(r, s, q))
  );
}

/** On which side of the line from `a` to `b` a point lies: -1, 1, or 0 on it. */
function side(a: Point, b: Point, point: Point): number {
  return Math.sign((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x));
}

/** Whether a point on the line through `a` and `b` lies between the two. */
function between(a: Point, b: Point, { x, y }: Point): boolean {
  return (
    x >= Math.min(a.x, b.x) &&
    x <= Math.max(a.x, b.x) &&
    y >= Math.min(a.y, b.y) &&
    y <= Math.max(a.y, b.y)
  );
}
