import { clamp, imagePoint, screenPoint } from './points';
import type { ImagePoint, ScreenPoint, Size } from './points';
import type { Rect } from './rect';

export const MAX_ZOOM = 64;
/** Part of the view that an object fills after zooming to it: within the 25-40 % that reads best. */
const OBJECT_SHARE = 1 / 3;
const FIT_MARGIN = 16;
/** CSS px of the image that panning always leaves in sight. */
const KEEP_IN_SIGHT = 48;

interface Placement {
  readonly view: Size;
  readonly image: Size;
  /** CSS pixels per image pixel. */
  readonly zoom: number;
  /** Where the image's (0, 0) lies on the screen. */
  readonly origin: ScreenPoint;
  /** The whole image is shown and stays so when the view is resized. */
  readonly fits: boolean;
}

/** What part of the image the canvas shows. Immutable; device pixels are the renderer's business. */
export class Viewport implements Placement {
  readonly view: Size;
  readonly image: Size;
  readonly zoom: number;
  readonly origin: ScreenPoint;
  readonly fits: boolean;

  private constructor({ view, image, zoom, origin, fits }: Placement) {
    this.view = view;
    this.image = image;
    this.zoom = zoom;
    this.origin = origin;
    this.fits = fits;
  }

  /** The whole image, centred. */
  static fitting(image: Size, view: Size): Viewport {
    const zoom = fitZoom(image, view);
    const origin = screenPoint(
      (view.width - image.width * zoom) / 2,
      (view.height - image.height * zoom) / 2,
    );
    return new Viewport({ view, image, zoom, origin, fits: true });
  }

  toScreen(point: ImagePoint): ScreenPoint {
    return screenPoint(point.x * this.zoom + this.origin.x, point.y * this.zoom + this.origin.y);
  }

  toImage(point: ScreenPoint): ImagePoint {
    return imagePoint((point.x - this.origin.x) / this.zoom, (point.y - this.origin.y) / this.zoom);
  }

  /** A rectangle of the image in screen pixels. */
  rectToScreen(rect: Rect): Rect {
    return {
      x: rect.x * this.zoom + this.origin.x,
      y: rect.y * this.zoom + this.origin.y,
      width: rect.width * this.zoom,
      height: rect.height * this.zoom,
    };
  }

  /** A rectangle of the screen in image pixels. */
  rectToImage(rect: Rect): Rect {
    const { x, y } = this.toImage(screenPoint(rect.x, rect.y));
    return { x, y, width: rect.width / this.zoom, height: rect.height / this.zoom };
  }

  /** The part of image space in sight; it may reach over the image's borders. */
  visible(): Rect {
    return this.rectToImage({ x: 0, y: 0, ...this.view });
  }

  fitted(): Viewport {
    return Viewport.fitting(this.image, this.view);
  }

  /** Zooms by `factor`; what is under `at` stays there. */
  zoomedBy(factor: number, at: ScreenPoint = this.centre()): Viewport {
    return this.zoomedTo(this.zoom * factor, at);
  }

  zoomedTo(wanted: number, at: ScreenPoint = this.centre()): Viewport {
    const zoom = clamp(wanted, this.minZoom(), MAX_ZOOM);
    const still = this.toImage(at);
    return this.placed(zoom, at.x - still.x * zoom, at.y - still.y * zoom);
  }

  /**
   * Centres `rect` so that it fills a third of the view. Never zooms out beyond the whole image,
   * so an object larger than that is shown within the whole of it.
   */
  zoomedToRect(rect: Rect): Viewport {
    const zoom = clamp(
      OBJECT_SHARE *
        Math.min(
          this.view.width / Math.max(rect.width, 1),
          this.view.height / Math.max(rect.height, 1),
        ),
      Math.min(fitZoom(this.image, this.view), MAX_ZOOM),
      MAX_ZOOM,
    );
    return this.centredOn(rect, zoom);
  }

  /** Centres `rect` at the present zoom. */
  centredOn(rect: Rect, zoom: number = this.zoom): Viewport {
    const x = this.view.width / 2 - (rect.x + rect.width / 2) * zoom;
    const y = this.view.height / 2 - (rect.y + rect.height / 2) * zoom;
    return this.placed(zoom, x, y);
  }

  pannedBy(dx: number, dy: number): Viewport {
    return this.placed(this.zoom, this.origin.x + dx, this.origin.y + dy);
  }

  /** On the way to another view of the same size: `share` 0 is here, 1 there. */
  towards(there: Viewport, share: number): Viewport {
    const [from, to] = [this.visible(), there.visible()];
    const mix = (key: keyof Rect) => from[key] + (to[key] - from[key]) * share;
    const zoom = this.view.width / mix('width');
    const origin = screenPoint(-mix('x') * zoom, -mix('y') * zoom);
    return new Viewport({ ...this, zoom, origin, fits: false });
  }

  /** The same part of the image in the middle of a view of another size. */
  resizedTo(view: Size): Viewport {
    if (this.fits) return Viewport.fitting(this.image, view);
    const resized = new Viewport({ ...this, view });
    const dx = (view.width - this.view.width) / 2;
    const dy = (view.height - this.view.height) / 2;
    return resized.pannedBy(dx, dy);
  }

  private centre(): ScreenPoint {
    return screenPoint(this.view.width / 2, this.view.height / 2);
  }

  private minZoom(): number {
    return Math.min(fitZoom(this.image, this.view), 1) / 4;
  }

  private placed(zoom: number, x: number, y: number): Viewport {
    const origin = screenPoint(
      keepInSight(x, this.image.width * zoom, this.view.width),
      keepInSight(y, this.image.height * zoom, this.view.height),
    );
    return new Viewport({ view: this.view, image: this.image, zoom, origin, fits: false });
  }
}

function fitZoom(image: Size, view: Size): number {
  const room = (side: number) => Math.max(side - 2 * FIT_MARGIN, side / 2, 1);
  return Math.min(room(view.width) / image.width, room(view.height) / image.height, MAX_ZOOM);
}

function keepInSight(start: number, length: number, view: number): number {
  const rest = Math.min(KEEP_IN_SIGHT, length, view);
  return clamp(start, rest - length, view - rest);
}
