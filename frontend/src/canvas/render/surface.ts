import type { Point, Size } from '../geometry/points';
import type { Rect } from '../geometry/rect';

/** So far beyond each side a view that is panned is painted, for it to be moved there, CSS px. */
const MARGIN = 256;

/** Paints a part of the view and of what lies around it, in CSS px from the view's top left. */
export type PaintArea = (area: Rect) => void;

/**
 * One canvas element: drawn on in CSS px, sharp at any device pixel ratio. It is as large as the
 * view; while the view is panned it is larger, so that it can be moved as it is, which costs next to
 * nothing.
 */
export class Surface {
  readonly context: CanvasRenderingContext2D;
  private readonly element: HTMLCanvasElement;
  /** Device px, as are margin and place. */
  private view: Size = { width: 0, height: 0 };
  private ratio = 1;
  private margin = 0;
  /** Where on the element the view begins. */
  private at: Point = { x: 0, y: 0 };

  constructor(element: HTMLCanvasElement) {
    const context = element.getContext('2d');
    if (!context) throw new Error('This browser cannot draw on a canvas.');
    this.element = element;
    this.context = context;
  }

  get pixelRatio(): number {
    return this.ratio;
  }

  resize({ width, height }: Size, ratio: number): void {
    this.view = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
    this.ratio = ratio;
    this.spread(0);
  }

  /** A canvas that is out of sight costs nothing, unlike one on which there is nothing. */
  show(shown: boolean): void {
    this.element.style.visibility = shown ? 'visible' : 'hidden';
  }

  /** Paints the view anew, and nothing around it. */
  repaint(paint: PaintArea): void {
    if (this.margin > 0) this.spread(0);
    this.paintIn({ x: 0, y: 0, ...this.view }, paint);
  }

  /** Moves all that is painted by whole device px, and paints what the view may come to next. */
  pan(dx: number, dy: number, paint: PaintArea): void {
    const margin = Math.round(MARGIN * this.ratio);
    const at = { x: this.at.x - dx, y: this.at.y - dy };
    if (this.margin === 0) {
      this.spread(margin);
      this.paintIn({ x: 0, y: 0, ...this.whole() }, paint);
    } else if (Math.min(at.x, at.y) >= 0 && Math.max(at.x, at.y) <= 2 * margin) this.place(at);
    else {
      this.place({ x: margin, y: margin });
      this.shift(margin - at.x, margin - at.y, paint);
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

  /** Leaves the element blank, `margin` larger than the view on each side. */
  private spread(margin: number): void {
    const { element, ratio } = this;
    this.margin = margin;
    const { width, height } = this.whole();
    element.width = width;
    element.height = height;
    element.style.width = `${String(width / ratio)}px`;
    element.style.height = `${String(height / ratio)}px`;
    this.place({ x: margin, y: margin });
  }

  private place(at: Point): void {
    this.at = at;
    const to = (length: number) => `${String(-length / this.ratio)}px`;
    this.element.style.transform = `translate(${to(at.x)}, ${to(at.y)})`;
  }

  private whole(): Size {
    const { width, height } = this.view;
    return { width: width + 2 * this.margin, height: height + 2 * this.margin };
  }

  private shift(dx: number, dy: number, paint: PaintArea): void {
    const { context, element } = this;
    const { width, height } = this.whole();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalCompositeOperation = 'copy';
    context.drawImage(element, dx, dy);
    context.globalCompositeOperation = 'source-over';
    const strips = [
      { x: dx > 0 ? 0 : width + dx, y: 0, width: Math.abs(dx), height },
      { x: 0, y: dy > 0 ? 0 : height + dy, width, height: Math.abs(dy) },
    ];
    for (const strip of strips) if (strip.width > 0 && strip.height > 0) this.paintIn(strip, paint);
  }

  /** `area` of the element in device px; nothing beside it is touched. */
  private paintIn({ x, y, width, height }: Rect, paint: PaintArea): void {
    const { context, ratio, at } = this;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(x, y, width, height);
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    context.setTransform(ratio, 0, 0, ratio, at.x, at.y);
    paint({
      x: (x - at.x) / ratio,
      y: (y - at.y) / ratio,
      width: width / ratio,
      height: height / ratio,
    });
    context.restore();
  }
}
