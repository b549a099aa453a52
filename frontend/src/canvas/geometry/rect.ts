import { clamp } from './points';
import type { ImagePoint, Point, Size } from './points';

/** Width and height are never negative. In image pixels unless a function says otherwise. */
export interface Rect extends Size {
  readonly x: number;
  readonly y: number;
}

/** The rectangle between two opposite corners, in whichever order they come. */
export function rectBetween(a: Point, b: Point): Rect {
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}

export function boundsOf(points: readonly Point[]): Rect {
  const low = { x: Infinity, y: Infinity };
  const high = { x: -Infinity, y: -Infinity };
  for (const { x, y } of points) {
    low.x = Math.min(low.x, x);
    low.y = Math.min(low.y, y);
    high.x = Math.max(high.x, x);
    high.y = Math.max(high.y, y);
  }
  return rectBetween(low, high);
}

/** Top left, bottom left, bottom right, top right. */
export function cornersOf({ x, y, width, height }: Rect): Point[] {
  return [
    { x, y },
    { x, y: y + height },
    { x: x + width, y: y + height },
    { x: x + width, y },
  ];
}

/** The smallest rectangle around all of `rects`; null when there are none. */
export function boundsOfAll(rects: readonly Rect[]): Rect | null {
  if (rects.length === 0) return null;
  return boundsOf(
    rects.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
  );
}

export function contains(rect: Rect, point: Point): boolean {
  return (
    point.x >= rect.x &&
    point.y >= rect.y &&
    point.x <= rect.x + rect.width &&
    point.y <= rect.y + rect.height
  );
}

export function intersects(a: Rect, b: Rect): boolean {
  return (
    a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
  );
}

export function grow(rect: Rect, by: number): Rect {
  return {
    x: rect.x - by,
    y: rect.y - by,
    width: rect.width + 2 * by,
    height: rect.height + 2 * by,
  };
}

export function area(rect: Rect): number {
  return rect.width * rect.height;
}

export function clampPoint(point: ImagePoint, image: Size): ImagePoint {
  const x = clamp(point.x, 0, image.width);
  const y = clamp(point.y, 0, image.height);
  return { x, y } as ImagePoint;
}

/** Cuts off what lies outside of the image; a rectangle within it is the same to the last bit. */
export function clampRect(rect: Rect, image: Size): Rect {
  const { x, y, width, height } = rect;
  const fits = x >= 0 && y >= 0 && x + width <= image.width && y + height <= image.height;
  if (fits) return rect;
  const low = { x: clamp(x, 0, image.width), y: clamp(y, 0, image.height) };
  return rectBetween(low, {
    x: clamp(x + width, 0, image.width),
    y: clamp(y + height, 0, image.height),
  });
}

/** The part of a move by (dx, dy) that keeps `rect` inside of the image, its size unchanged. */
export function clampMove(rect: Rect, dx: number, dy: number, image: Size): Point {
  return {
    x: clampShift(rect.x, rect.width, dx, image.width),
    y: clampShift(rect.y, rect.height, dy, image.height),
  };
}

function clampShift(start: number, length: number, by: number, limit: number): number {
  return clamp(by, Math.min(-start, 0), Math.max(limit - start - length, 0));
}
