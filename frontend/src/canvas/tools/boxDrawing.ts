import { distance } from '../geometry/points';
import type { Rect } from '../geometry/rect';
import { BoxSketch } from './boxSketch';
import { clickAt } from './click';
import { CLICK_SLOP } from './tool';
import type { Entries, PointerInput, ToolHost, ToolState } from './tool';

/** From the press to the release of a drag that draws a box. Without a drag it was a click. */
export class BoxDrawing implements ToolState {
  readonly path = 'box.drawing';
  private readonly host: ToolHost;
  private readonly press: PointerInput;
  private readonly sketch: BoxSketch;
  private rect: Rect | null = null;

  constructor(host: ToolHost, { press, fresh }: Entries['box.drawing']) {
    this.host = host;
    this.press = press;
    this.sketch = new BoxSketch(host, fresh);
  }

  cursor(): string {
    return 'crosshair';
  }

  pointerDown(): void {
    // A second button changes nothing.
  }

  pointerMove(input: PointerInput): void {
    if (!this.rect && distance(input.screen, this.press.screen) < CLICK_SLOP) return;
    this.rect = this.sketch.between(this.press, input);
    this.sketch.show(this.rect);
  }

  pointerUp(input: PointerInput): void {
    this.pointerMove(input);
    if (this.rect) {
      this.sketch.complete(this.rect);
    } else {
      clickAt(this.host, input);
      this.host.rest();
    }
  }

  cancel(): boolean {
    this.sketch.cancel();
    return true;
  }
}
