// Two coordinate systems meet in the canvas. Confusing them compiles in most editors and shows up
// as boxes that drift with the zoom; here the compiler refuses it.
declare const space: unique symbol;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Float pixels of the full-resolution upright image; (0, 0) is the outer corner of the first pixel. */
export type ImagePoint = Point & { readonly [space]: 'image' };

/** CSS pixels from the top left of the canvas element, whatever the device pixel ratio. */
export type ScreenPoint = Point & { readonly [space]: 'screen' };

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function imagePoint(x: number, y: number): ImagePoint {
  return { x, y } as ImagePoint;
}

export function screenPoint(x: number, y: number): ScreenPoint {
  return { x, y } as ScreenPoint;
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
