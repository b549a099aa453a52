import type { Point } from '../api/bulk';

/** A square of an image, in its pixels; it may reach beyond the image. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

type Box = Pick<NonNullable<Point['span']>, 'x' | 'y' | 'width' | 'height'>;
type Shown = Pick<Point, 'image' | 'span' | 'drawn'>;

/** So much of the side of what is shown lies around it. */
const AROUND = 0.35;
/** Less of an image says nothing, px. */
const LEAST = 48;
/** The longer side of a thumbnail, px. */
const THUMBNAIL = 512;
/** A thumbnail is sharp enough from here on, px. */
const ENOUGH = 200;

/** What is shown of a conflict: its object as everybody drew it, or all of the image. */
export function cropOf({ image, span, drawn }: Shown): Crop {
  const whole = Math.max(image.width, image.height);
  if (!span) return squareAround({ x: 0, y: 0, ...image }, whole);
  const box = around([span, ...drawn.map((each) => each.span)]);
  const size = Math.max(box.width, box.height) * (1 + 2 * AROUND);
  return within(squareAround(box, Math.min(Math.max(size, LEAST), whole)), image);
}

/** Where to fetch it from: the smallest form of the image in which it is sharp. */
export function sourceOf({ image }: Shown, { size }: Crop): string {
  const longer = Math.max(image.width, image.height);
  const isSharp = size >= longer || (size * THUMBNAIL) / longer >= ENOUGH;
  return isSharp ? image.thumbnail : (image.level ?? image.url);
}

function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

function squareAround({ x, y, width, height }: Box, size: number): Crop {
  return { x: x + (width - size) / 2, y: y + (height - size) / 2, size };
}

/** Moves a square so that none of it is beside the image, as far as it fits. */
function within({ x, y, size }: Crop, image: { width: number; height: number }): Crop {
  const move = (at: number, length: number) =>
    size > length ? (length - size) / 2 : Math.min(Math.max(at, 0), length - size);
  return { x: move(x, image.width), y: move(y, image.height), size };
}
