import { MIN_SIDE } from '../tools/tool';
import { clamp } from './points';
import type { Size } from './points';
import type { Rect } from './rect';

/**
 * `rect` with one of its numbers as near to `value` as the image allows: x and y move it, width and
 * height keep its top left corner.
 */
export function withSide(rect: Rect, side: keyof Rect, value: number, image: Size): Rect {
  const [low, high] = {
    x: [0, image.width - rect.width],
    y: [0, image.height - rect.height],
    width: [MIN_SIDE, image.width - rect.x],
    height: [MIN_SIDE, image.height - rect.y],
  }[side] as [number, number];
  return { ...rect, [side]: clamp(value, low, high) };
}
