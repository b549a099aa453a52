const THUMBNAIL = 512;
const LEVEL_ABOVE = 16_000_000;
/** How much of the surroundings is shown, and how little at least, in pixels of the image. */
const AROUND = 0.4;
const LEAST = 48;

interface Cut {
  /** Screen pixels per pixel of the image. */
  scale: number;
  /** Where the whole image lies, so that the place shows. */
  left: number;
  top: number;
  box: { left: number; top: number; width: number; height: number } | null;
}

/** How an image has to lie under a square window, so that the place fills most of it. */
export function cut(size: readonly number[], edges: readonly number[] | null, side: number): Cut {
  const [width = 1, height = 1] = size;
  const [x0, y0, x1, y1] = edges?.length === 4 ? (edges as Edges) : [0, 0, width, height];
  const around = edges === null ? 0 : AROUND;
  const wanted = Math.max(x1 - x0, y1 - y0) * (1 + 2 * around);
  const region = Math.max(wanted, LEAST);
  const scale = side / region;
  const left = side / 2 - (scale * (x0 + x1)) / 2;
  const top = side / 2 - (scale * (y0 + y1)) / 2;
  const box = edges && {
    left: left + scale * x0,
    top: top + scale * y0,
    width: scale * (x1 - x0),
    height: scale * (y1 - y0),
  };
  return { scale, left, top, box };
}

type Edges = [number, number, number, number];

/** Where to get the picture from, the smallest that is sharp enough first. */
export function sources(image: string, size: readonly number[], scale: number): string[] {
  const [width = 1, height = 1] = size;
  const at = `/api/images/${image}`;
  const small = Math.min(1, THUMBNAIL / Math.max(width, height));
  // A screen pixel may be made of one and a half: that still looks sharp at this size.
  if (small * 1.5 >= Math.min(scale, 1)) return [`${at}/thumbnail/`];
  const whole = [`${at}/file/`, `${at}/thumbnail/`];
  return width * height > LEVEL_ABOVE ? [`${at}/level/`, ...whole] : whole;
}
