import type { Size } from '../geometry/points';
import type { Rect } from '../geometry/rect';

/** One canvas element: drawn on in CSS px, sharp at any device pixel ratio. */
export class Surface {
  readonly context: CanvasRenderingContext2D;
  private readonly element: HTMLCanvasElement;
  private size: Size = { width: 0, height: 0 };
  private ratio = 1;

  constructor(element: HTMLCanvasElement) {
    const context = element.getContext('2d');
    if (!context) throw new Error('This browser cannot draw on a canvas.');
    this.element = element;
    this.context = context;
  }

  get pixelRatio(): number {
    return this.ratio;
  }

  resize(size: Size, ratio: number): void {
    this.size = size;
    this.ratio = ratio;
    this.element.width = Math.round(size.width * ratio);
    this.element.height = Math.round(size.height * ratio);
  }

  /** A canvas that is out of sight costs nothing, unlike one on which there is nothing. */
  show(shown: boolean): void {
    this.element.style.visibility = shown ? 'visible' : 'hidden';
  }

  clear(): void {
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.context.clearRect(0, 0, this.size.width, this.size.height);
  }

  /**
   * Moves all that is painted by whole device px, and calls `paint` for each strip that comes into
   * sight, in CSS px and clipped to it.
   */
  shift(dx: number, dy: number, paint: (strip: Rect) => void): void {
    const { context, element, ratio } = this;
    const { width, height } = element;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalCompositeOperation = 'copy';
    context.drawImage(element, dx, dy);
    context.globalCompositeOperation = 'source-over';
    const strips = [
      { x: dx > 0 ? 0 : width + dx, y: 0, width: Math.abs(dx), height },
      { x: 0, y: dy > 0 ? 0 : height + dy, width, height: Math.abs(dy) },
    ];
    for (const strip of strips.filter((each) => each.width > 0 && each.height > 0)) {
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.beginPath();
      context.rect(strip.x, strip.y, strip.width, strip.height);
      context.clip();
      paint({
        x: strip.x / ratio,
        y: strip.y / ratio,
        width: strip.width / ratio,
        height: strip.height / ratio,
      });
      context.restore();
    }
  }

  /** The nearest place whose edges fall between device pixels: even line widths are sharp there. */
  snapped({ x, y, width, height }: Rect): Rect {
    const left = this.snap(x);
    const top = this.snap(y);
    return {
      x: left,
      y: top,
      width: this.snap(x + width) - left,
      height: this.snap(y + height) - top,
    };
  }

  snap(value: number): number {
    return Math.round(value * this.ratio) / this.ratio;
  }
}
