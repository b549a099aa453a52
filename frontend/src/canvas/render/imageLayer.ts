import type { Viewport } from '../geometry/viewport';
import type { Surface } from './surface';

/** From this many device pixels per image pixel on, single pixels are shown as they are. */
const CRISP_FROM = 4;
const UNLOADED = '#2a2a2a';

/** A smaller level of the image does as well: it is stretched over the full-resolution pixels. */
export function paintImage(
  surface: Surface,
  viewport: Viewport,
  bitmap: CanvasImageSource | null,
  smooth: boolean,
): void {
  const { context } = surface;
  const { x, y, width, height } = viewport.rectToScreen({ x: 0, y: 0, ...viewport.image });
  if (!bitmap) {
    context.fillStyle = UNLOADED;
    context.fillRect(x, y, width, height);
    return;
  }
  context.imageSmoothingEnabled = smooth && viewport.zoom * surface.pixelRatio < CRISP_FROM;
  context.drawImage(bitmap, x, y, width, height);
}
