import { distance } from '../geometry/points';
import type { Rect } from '../geometry/rect';
import { BoxSketch } from './boxSketch';
import { CLICK_SLOP } from './tool';
import type { Entries, PointerInput, ToolHost, ToolState } from './tool';

/**
 * From the press on one corner of a box, or its centre, to the release on the opposite corner: of
 * the same press if it was a drag, else of a second click.
 */
export class BoxCorners implements ToolState {
  readonly path = 'box.corners';
  private readonly press: PointerInput;
  private readonly sketch: BoxSketch;
  /** False between the clicks: what is let go then was pressed to pan. */
  private held = true;
  private rect: Rect | null = null;

  constructor(host: ToolHost, { press, fresh }: Entries['box.corners']) {
    this.press = press;
    this.sketch = new BoxSketch(host, fresh);
  }

  cursor(): string {
    return 'crosshair';
  }

  pointerDown(): void {
    this.held = true;
  }

  pointerMove(input: PointerInput): void {
    if (!this.rect && distance(input.screen, this.press.screen) < CLICK_SLOP) return;
    this.rect = this.sketch.between(this.press, input);
    this.sketch.show(this.rect);
  }

  pointerUp(input: PointerInput): void {
    if (!this.held) return;
    this.held = false;
    this.pointerMove(input);
    if (this.rect) this.sketch.complete(this.rect);
  }

  cancel(): boolean {
    this.sketch.cancel();
    return true;
  }
}
