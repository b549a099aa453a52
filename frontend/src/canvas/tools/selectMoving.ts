import { movedTogether } from '../document/shapes';
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
  private readonly held: readonly Shape[];
  private dragged = false;

  constructor(host: ToolHost, { press }: Entries['select.moving']) {
    this.host = host;
    this.press = press;
    const { shapes, selection } = host.document.settled;
    this.held = shapes.filter((shape) => selection.includes(shape.id));
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
    const moved = movedTogether(this.held, dx, dy, this.host.viewport.image);
    const byId = new Map(moved.map((shape) => [shape.id, shape]));
    const { shapes, selection } = this.host.document.settled;
    this.host.document.preview({
      shapes: shapes.map((shape) => byId.get(shape.id) ?? shape),
      selection,
    });
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
