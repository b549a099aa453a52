import { screenPoint } from './geometry/points';
import type { ImagePoint, Size } from './geometry/points';
import { intersects } from './geometry/rect';
import type { Rect } from './geometry/rect';
import { Viewport } from './geometry/viewport';

/** A wheel event, positions in CSS px from the top left of the canvas. */
export interface RawWheel {
  readonly x: number;
  readonly y: number;
  readonly deltaX: number;
  readonly deltaY: number;
  /** 0 pixels, 1 lines, 2 pages, as in the DOM. */
  readonly deltaMode?: number | undefined;
  readonly shiftKey?: boolean | undefined;
  /** Browsers report a pinch on a trackpad as a wheel with Ctrl. */
  readonly ctrlKey?: boolean | undefined;
}

/** The middle between two fingers and the way from one to the other, CSS px. */
export interface Spread {
  readonly x: number;
  readonly y: number;
  readonly apart: number;
}

/** A view to compute with until the canvas says how large it is. */
const UNMEASURED: Size = { width: 800, height: 600 };
const UNIT_PX = [1, 16, 400];
/** Fastest turn of a wheel that counts, px. */
const FASTEST = 240;
const WHEEL_SPEED = 0.002;
const PINCH_SPEED = 0.01;

/** Where the canvas looks. */
export class View {
  private current: Viewport;
  private readonly moved: () => void;

  constructor(image: Size, moved: () => void) {
    this.current = Viewport.fitting(image, UNMEASURED);
    this.moved = moved;
  }

  get viewport(): Viewport {
    return this.current;
  }

  look(viewport: Viewport): void {
    this.current = viewport;
    this.moved();
  }

  /** Where the canvas looked once, perhaps at another size. */
  lookAgain(viewport: Viewport): void {
    if (viewport !== this.current) this.look(viewport.resizedTo(this.current.view));
  }

  /** The canvas has this size in CSS px. */
  resize(size: Size): void {
    const { width, height } = this.current.view;
    // Measured again and found as it was, nothing moved.
    if (size.width === width && size.height === height) return;
    this.look(this.current.resizedTo(size));
  }

  /** The whole image. */
  fit(): void {
    this.look(this.current.fitted());
  }

  /** One image pixel to one CSS pixel. */
  actualSize(): void {
    this.look(this.current.zoomedTo(1));
  }

  zoomBy(factor: number): void {
    this.look(this.current.zoomedBy(factor));
  }

  panBy(dx: number, dy: number): void {
    this.look(this.current.pannedBy(dx, dy));
  }

  /** Brings a point of the image to the middle, without zooming. */
  centreOn({ x, y }: ImagePoint): void {
    this.look(this.current.centredOn({ x, y, width: 0, height: 0 }));
  }

  /** Centres a rectangle of the image so that it fills a third of the view. */
  zoomTo(rect: Rect): void {
    this.look(this.current.zoomedToRect(rect));
  }

  /** Brings a rectangle of the image into sight, if it is out of it, without zooming. */
  reveal(rect: Rect): void {
    if (!intersects(rect, this.current.visible())) this.look(this.current.centredOn(rect));
  }

  /** Two fingers moved: what is between them stays there, and grows as they part. */
  pinch(before: Spread, now: Spread): void {
    const moved = this.current.pannedBy(now.x - before.x, now.y - before.y);
    const factor = now.apart / Math.max(before.apart, 1);
    this.look(moved.zoomedBy(factor, screenPoint(now.x, now.y)));
  }

  /** An image that was made smaller than it fits goes back to its place. */
  settle(): void {
    if (this.current.zoom < this.current.fitted().zoom) this.fit();
  }

  /** Zooms to the pointer; with Shift moves the image sideways. */
  wheel({ x, y, deltaX, deltaY, deltaMode = 0, shiftKey, ctrlKey }: RawWheel): void {
    const unit = UNIT_PX[deltaMode] ?? 1;
    if (shiftKey) {
      // Some browsers turn the wheel sideways by themselves while Shift is held.
      this.panBy(-(deltaX || deltaY) * unit, 0);
      return;
    }
    const turn = Math.min(Math.max(deltaY * unit, -FASTEST), FASTEST);
    const factor = Math.exp(-turn * (ctrlKey ? PINCH_SPEED : WHEEL_SPEED));
    this.look(this.current.zoomedBy(factor, screenPoint(x, y)));
  }
}
