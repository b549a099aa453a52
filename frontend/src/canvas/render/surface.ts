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

  clear(): void {
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.context.clearRect(0, 0, this.size.width, this.size.height);
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
