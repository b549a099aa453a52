import { resizedShape } from '../document/shapes';
import type { Shape } from '../document/shapes';
import { resizedRect } from '../geometry/drag';
import type { Handle } from '../geometry/handles';
import { distance } from '../geometry/points';
import type { Rect } from '../geometry/rect';
import { clickAt } from './click';
import { resizeCursor } from './grab';
import { CLICK_SLOP, MIN_SIDE } from './tool';
import type { Entries, PointerInput, ToolHost, ToolState } from './tool';

/** An edge or corner of one rectangle follows the pointer, over the opposite one if need be. */
export class SelectResizing implements ToolState {
  readonly path = 'select.resizing';
  private readonly host: ToolHost;
  private readonly press: PointerInput;
  private readonly shape: Shape;
  private readonly handle: Handle;
  private readonly selection: readonly string[];
  private rect: Rect | null = null;

  constructor(host: ToolHost, { press, shape, handle }: Entries['select.resizing']) {
    this.host = host;
    this.press = press;
    this.shape = shape;
    this.handle = handle;
    this.selection = [shape.id];
  }

  cursor(): string {
    return resizeCursor(this.handle);
  }

  pointerDown(): void {
    // A second button changes nothing.
  }

  pointerMove(input: PointerInput): void {
    if (!this.rect && distance(input.screen, this.press.screen) < CLICK_SLOP) return;
    const by = {
      x: input.image.x - this.press.image.x,
      y: input.image.y - this.press.image.y,
    };
    const modifiers = { even: input.shift, centred: input.alt };
    const { image } = this.host.viewport;
    const rect = resizedRect(this.shape.rect, this.handle, by, modifiers, image);
    this.rect = rect;
    const { settled } = this.host.document;
    this.host.document.preview({
      ...settled,
      shapes: settled.shapes.map((shape) =>
        shape.id === this.shape.id && shape.type === 'rect' ? resizedShape(shape, rect) : shape,
      ),
      selection: this.selection,
    });
  }

  pointerUp(input: PointerInput): void {
    this.pointerMove(input);
    if (this.rect && Math.min(this.rect.width, this.rect.height) < MIN_SIDE) {
      this.host.document.cancel();
      this.host.hint({ code: 'too_small', minimum: MIN_SIDE });
    } else if (this.rect) {
      this.host.document.complete();
    } else {
      clickAt(this.host, input);
    }
    this.host.rest();
  }

  cancel(): boolean {
    this.host.document.cancel();
    this.host.rest();
    return true;
  }
}
