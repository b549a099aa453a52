import type { Shape } from '../document/shapes';
import type { Viewport } from '../geometry/viewport';
import { tracePolygon } from './strokes';
import type { Surface } from './surface';

/** Enough to lead the eye, and little enough to read what lies around a shape. */
const DIMMED = 'rgba(0, 0, 0, 0.5)';

/** Darkens the image outside of `shapes`. */
export function paintSpotlight(
  { context }: Surface,
  viewport: Viewport,
  shapes: readonly Shape[],
): void {
  const { x, y, width, height } = viewport.rectToScreen({ x: 0, y: 0, ...viewport.image });
  context.beginPath();
  context.rect(x, y, width, height);
  for (const shape of shapes) {
    if (shape.type === 'rect') {
      const hole = viewport.rectToScreen(shape.rect);
      context.rect(hole.x, hole.y, hole.width, hole.height);
    } else tracePolygon(context, viewport, shape.points);
  }
  context.fillStyle = DIMMED;
  context.fill('evenodd');
}
