import type { Point } from './points';
import type { Rect } from './rect';

/** Area of the intersection over area of the union, 0 to 1; 0 without any area. */
export function rectIou(a: Rect, b: Rect): number {
  const [first, second] = [edgesOfRect(a), edgesOfRect(b)];
  const width = Math.min(first.right, second.right) - Math.max(first.left, second.left);
  const height = Math.min(first.bottom, second.bottom) - Math.max(first.top, second.top);
  const shared = Math.max(width, 0) * Math.max(height, 0);
  return ratio(shared, areaBetween(first) + areaBetween(second) - shared);
}

/**
 * The same for two outlines, which may cross themselves: whatever an outline winds around belongs
 * to it. Between two neighbouring levels, that is heights at which an edge starts, ends or crosses
 * another, every area is a row of trapezoids, which are as wide as they are in their middle.
 */
export function outlineIou(first: readonly Point[], second: readonly Point[]): number {
  const edges = [...edgesOf(first, 0), ...edgesOf(second, 1)].sort((a, b) => a.top - b.top);
  const levels = levelsOf(edges);
  const areas = { shared: 0, union: 0 };
  let active: Edge[] = [];
  let next = 0;
  levels.forEach((bottom, n) => {
    const top = levels[n - 1] ?? bottom;
    const middle = (top + bottom) / 2;
    active = active.filter((edge) => edge.bottom > middle);
    for (let edge = edges[next]; edge && edge.top < middle; edge = edges[++next]) {
      if (edge.bottom > middle) active.push(edge);
    }
    addRow(areas, active, middle, bottom - top);
  });
  return ratio(areas.shared, areas.union);
}

/** One that is not level; `x` is where its line meets y = 0. */
interface Edge {
  readonly outline: 0 | 1;
  readonly top: number;
  readonly bottom: number;
  readonly x: number;
  /** Pixels to the right for each one down. */
  readonly slope: number;
  /** 1 for an edge that runs down, -1 for one that runs up. */
  readonly turn: 1 | -1;
}

function edgesOf(points: readonly Point[], outline: 0 | 1): Edge[] {
  return points.flatMap((a, n) => {
    const b = points[(n + 1) % points.length] ?? a;
    if (a.y === b.y) return [];
    const slope = (b.x - a.x) / (b.y - a.y);
    const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
    return [{ outline, top, bottom, slope, x: a.x - slope * a.y, turn: b.y > a.y ? 1 : -1 }];
  });
}

/** `edges` from the top down; the levels too. */
function levelsOf(edges: readonly Edge[]): number[] {
  const levels = new Set(edges.flatMap(({ top, bottom }) => [top, bottom]));
  edges.forEach((a, n) => {
    for (let m = n + 1, b = edges[m]; b && b.top < a.bottom; b = edges[++m]) {
      const y = (b.x - a.x) / (a.slope - b.slope);
      if (y > b.top && y < Math.min(a.bottom, b.bottom)) levels.add(y);
    }
  });
  return [...levels].sort((a, b) => a - b);
}

function addRow(
  areas: { shared: number; union: number },
  edges: readonly Edge[],
  middle: number,
  height: number,
): void {
  const met = edges.map((edge) => ({ ...edge, at: edge.x + edge.slope * middle }));
  met.sort((a, b) => a.at - b.at);
  const winding = [0, 0];
  let before = 0;
  for (const { at, outline, turn } of met) {
    const [inFirst, inSecond] = winding;
    if (inFirst && inSecond) areas.shared += (at - before) * height;
    if (inFirst || inSecond) areas.union += (at - before) * height;
    winding[outline] = (winding[outline] ?? 0) + turn;
    before = at;
  }
}

function edgesOfRect({ x, y, width, height }: Rect) {
  return { left: x, top: y, right: x + width, bottom: y + height };
}

/** From the edges, as the server has it: the two must agree to the last digit. */
function areaBetween({ left, top, right, bottom }: ReturnType<typeof edgesOfRect>): number {
  return (right - left) * (bottom - top);
}

function ratio(shared: number, union: number): number {
  return union > 0 ? Math.min(shared / union, 1) : 0;
}
