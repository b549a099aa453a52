import { moved, sparing } from '../commands';
import type { Shape } from '../document/shapes';
import { distance } from '../geometry/points';
import { clickAt } from './click';
import { CLICK_SLOP } from './tool';
import type { Entries, PointerInput, ToolHost, ToolState } from './tool';

/** The selected shapes follow the pointer. Without a drag it was a click. */
export class SelectMoving implements ToolState {
  readonly path = 'select.moving';
  private readonly host: ToolHost;
  private readonly press: PointerInput;
  private dragged = false;

  constructor(host: ToolHost, { press }: Entries['select.moving']) {
    this.host = host;
    this.press = press;
  }

  cursor(): string {
    return 'move';
  }

  pointerDown(): void {
    // A second button changes nothing.
  }

  pointerMove(input: PointerInput): void {
    if (!this.dragged && distance(input.screen, this.press.screen) < CLICK_SLOP) return;
    this.dragged = true;
    const dx = input.image.x - this.press.image.x;
    const dy = input.image.y - this.press.image.y;
    const { settled } = this.host.document;
    const by = { x: dx, y: dy };
    const { image } = this.host.viewport;
    const isFree = (shape: Shape) => this.host.isFree(shape);
    this.host.document.preview(sparing(settled, isFree, (state) => moved(state, by, image)));
  }

  pointerUp(input: PointerInput): void {
    this.pointerMove(input);
    if (this.dragged) this.host.document.complete();
    else clickAt(this.host, input);
    this.host.rest();
  }

  cancel(): boolean {
    this.host.document.cancel();
    this.host.rest();
    return true;
  }
}
