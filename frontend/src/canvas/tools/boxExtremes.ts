import type { ImagePoint } from '../geometry/points';
import { boundsOf } from '../geometry/rect';
import { BoxSketch } from './boxSketch';
import type { Entries, PointerInput, ToolHost, ToolState } from './tool';

/** Top, bottom, left and right of an object. */
const SIDES = 4;

/**
 * Four clicks on the outermost points of an object, in any order; the box is what they span, and
 * keeps them. Each counts where it is let go.
 */
export class BoxExtremes implements ToolState {
  readonly path = 'box.extremes';
  private readonly sketch: BoxSketch;
  /** False between the clicks: what is let go then was pressed to pan. */
  private held = true;
  private points: readonly ImagePoint[] = [];
  private pointer: ImagePoint;

  constructor(host: ToolHost, { press, fresh }: Entries['box.extremes']) {
    this.sketch = new BoxSketch(host, fresh);
    this.pointer = this.sketch.snapped(press.image);
  }

  cursor(): string {
    return 'crosshair';
  }

  pointerDown(): void {
    this.held = true;
  }

  pointerMove({ image }: PointerInput): void {
    this.pointer = this.sketch.snapped(image);
    this.preview();
  }

  pointerUp({ image }: PointerInput): void {
    if (!this.held) return;
    this.held = false;
    this.pointer = this.sketch.snapped(image);
    this.points = [...this.points, this.pointer];
    this.preview();
    if (this.points.length === SIDES) this.sketch.complete(boundsOf(this.points));
  }

  takeBack(): void {
    this.points = this.points.slice(0, -1);
    if (this.points.length === 0) this.cancel();
    else this.preview();
  }

  cancel(): boolean {
    this.sketch.cancel();
    return true;
  }

  /** Until the last one is set the pointer is one of the points, but none to keep. */
  private preview(): void {
    const spanned = this.points.length < SIDES ? [...this.points, this.pointer] : this.points;
    this.sketch.show(boundsOf(spanned), this.points);
  }
}
