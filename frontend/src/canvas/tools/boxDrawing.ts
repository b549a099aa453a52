import { rectShape } from '../document/shapes';
import { drawnRect, snapToBorder } from '../geometry/drag';
import { distance } from '../geometry/points';
import type { ImagePoint } from '../geometry/points';
import type { Rect } from '../geometry/rect';
import { clickAt } from './click';
import { CLICK_SLOP, MIN_SIDE } from './tool';
import type { Entries, PointerInput, ToolHost, ToolState } from './tool';

/** A corner this near to the image's border lands on it, CSS px. */
const SNAP = 4;

/** From the press to the release of a drag that draws a box. Without a drag it was a click. */
export class BoxDrawing implements ToolState {
  readonly path = 'box.drawing';
  private readonly host: ToolHost;
  private readonly press: PointerInput;
  private readonly fresh: string | null;
  private readonly id: string;
  private readonly selection: readonly string[];
  private rect: Rect | null = null;

  constructor(host: ToolHost, { press, fresh }: Entries['box.drawing']) {
    this.host = host;
    this.press = press;
    this.fresh = fresh;
    this.id = host.createId();
    this.selection = [this.id];
  }

  cursor(): string {
    return 'crosshair';
  }

  pointerDown(): void {
    // A second button changes nothing.
  }

  pointerMove(input: PointerInput): void {
    if (!this.rect && distance(input.screen, this.press.screen) < CLICK_SLOP) return;
    const modifiers = { even: input.shift, centred: input.alt };
    const start = this.snapped(this.press.image);
    const end = this.snapped(input.image);
    this.rect = drawnRect(start, end, modifiers, this.host.viewport.image);
    const { settled } = this.host.document;
    this.host.document.preview({
      ...settled,
      shapes: [...settled.shapes, rectShape(this.id, this.host.label, this.rect)],
      selection: this.selection,
    });
  }

  pointerUp(input: PointerInput): void {
    this.pointerMove(input);
    if (this.rect) {
      this.complete(this.rect);
    } else {
      clickAt(this.host, input);
      this.host.rest();
    }
  }

  cancel(): boolean {
    this.host.document.cancel();
    this.host.enter('box.idle', { fresh: this.fresh });
    return true;
  }

  private complete(rect: Rect): void {
    if (Math.min(rect.width, rect.height) < MIN_SIDE) {
      this.cancel();
      this.host.hint({ code: 'too_small', minimum: MIN_SIDE });
      return;
    }
    this.host.document.complete();
    this.host.enter('box.idle', { fresh: this.id });
  }

  private snapped(point: ImagePoint): ImagePoint {
    const { image, zoom } = this.host.viewport;
    return snapToBorder(point, image, SNAP / zoom);
  }
}
