import type { Size } from '../geometry/points';
import type { Viewport } from '../geometry/viewport';

/** Whether a bitmap of the whole image has fewer pixels than the screen has for it. */
export function isBlurred(bitmap: Size, viewport: Viewport, pixelRatio: number): boolean {
  return bitmap.width < viewport.image.width * Math.min(viewport.zoom * pixelRatio, 1);
}
