import type { Handle } from './handles';
import { clamp } from './points';
import type { ImagePoint, Point, Size } from './points';
import { clampPoint, clampRect, rectBetween } from './rect';
import type { Rect } from './rect';

export interface DragModifiers {
  /** Shift: a square while drawing, the old proportions while resizing a corner. */
  readonly even: boolean;
  /** Alt: grows from the centre. */
  readonly centred: boolean;
}

/** The rectangle that a drag from `start` to `end` draws, inside of the image. */
export function drawnRect(
  start: ImagePoint,
  end: ImagePoint,
  { even, centred }: DragModifiers,
  image: Size,
): Rect {
  const origin = clampPoint(start, image);
  const target = clampPoint(end, image);
  let dx = target.x - origin.x;
  let dy = target.y - origin.y;
  if (even) {
    const side = Math.max(Math.abs(dx), Math.abs(dy));
    const room = Math.min(
      reach(origin.x, dx, image.width, centred),
      reach(origin.y, dy, image.height, centred),
    );
    dx = direction(dx) * Math.min(side, room);
    dy = direction(dy) * Math.min(side, room);
  } else if (centred) {
    dx = Math.min(Math.abs(dx), reach(origin.x, dx, image.width, true));
    dy = Math.min(Math.abs(dy), reach(origin.y, dy, image.height, true));
  }
  const opposite = centred ? { x: origin.x - dx, y: origin.y - dy } : origin;
  return rectBetween(opposite, { x: origin.x + dx, y: origin.y + dy });
}

/** How far a side may go from `from` in the direction of `by` before it leaves 0..limit. */
function reach(from: number, by: number, limit: number, bothWays: boolean): number {
  if (bothWays) return Math.min(from, limit - from);
  return by < 0 ? from : limit - from;
}

function direction(by: number): number {
  return by < 0 ? -1 : 1;
}

/** `rect` with the edges that `handle` holds moved by `by`; crossing the opposite edge turns it over. */
export function resizedRect(
  rect: Rect,
  handle: Handle,
  by: Point,
  { even, centred }: DragModifiers,
  image: Size,
): Rect {
  const shift = even && handle.length === 2 ? proportional(rect, handle, by) : by;
  let { x: left, y: top } = rect;
  let right = left + rect.width;
  let bottom = top + rect.height;
  if (handle.includes('w')) left += shift.x;
  if (handle.includes('e')) right += shift.x;
  if (handle.includes('n')) top += shift.y;
  if (handle.includes('s')) bottom += shift.y;
  if (centred) {
    if (handle.includes('w')) right -= shift.x;
    else if (handle.includes('e')) left -= shift.x;
    if (handle.includes('n')) bottom -= shift.y;
    else if (handle.includes('s')) top -= shift.y;
  }
  return clampRect(rectBetween({ x: left, y: top }, { x: right, y: bottom }), image);
}

/** The shift of a corner that keeps width : height, following the axis that was dragged further. */
function proportional(rect: Rect, handle: Handle, by: Point): Point {
  const outX = handle.includes('w') ? -1 : 1;
  const outY = handle.includes('n') ? -1 : 1;
  const growX = (outX * by.x) / Math.max(rect.width, 1);
  const growY = (outY * by.y) / Math.max(rect.height, 1);
  const growth = Math.abs(growX) > Math.abs(growY) ? growX : growY;
  return { x: outX * growth * rect.width, y: outY * growth * rect.height };
}

/** Pulls a point that is within `tolerance` of the image's border onto it. */
export function snapToBorder(point: ImagePoint, image: Size, tolerance: number): ImagePoint {
  return {
    x: snap(point.x, image.width, tolerance),
    y: snap(point.y, image.height, tolerance),
  } as ImagePoint;
}

function snap(value: number, limit: number, tolerance: number): number {
  if (Math.abs(value) <= tolerance) return 0;
  if (Math.abs(value - limit) <= tolerance) return limit;
  return clamp(value, 0, limit);
}
