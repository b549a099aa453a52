import { distance } from '../geometry/points';
import { TOO_FEW, reshaped, withShape, withoutVertex } from '../vertices';
import { completeOutline } from './outlines';
import { snappedCorner } from './snap';
import { CLICK_SLOP } from './tool';
import type { Entries, PointerInput, ToolHost, ToolState } from './tool';

/**
 * A corner of the selected outline follows the pointer; pulled out of an edge it is a new one. A
 * click picks it for the arrows and Delete, with Alt takes it away.
 */
export class SelectVertex implements ToolState {
  readonly path = 'select.vertex';
  private readonly host: ToolHost;
  private readonly entry: Entries['select.vertex'];
  private dragged = false;

  constructor(host: ToolHost, entry: Entries['select.vertex']) {
    this.host = host;
    this.entry = entry;
  }

  cursor(): string {
    return 'grabbing';
  }

  pointerDown(): void {
    // A second button changes nothing.
  }

  pointerMove(input: PointerInput): void {
    const { press, grip } = this.entry;
    if (!this.dragged && distance(input.screen, press.screen) < CLICK_SLOP) return;
    this.dragged = true;
    const corner = snappedCorner(this.host, input, grip.shape.id);
    this.preview(grip.points.map((point, place) => (place === grip.index ? corner : point)));
  }

  pointerUp(input: PointerInput): void {
    this.pointerMove(input);
    const { grip } = this.entry;
    if (this.dragged) this.complete();
    else if (input.alt && !grip.inserts) this.remove();
    else if (grip.inserts) {
      this.preview(grip.points);
      this.complete();
    }
    if (!input.alt) this.host.pickVertex({ id: grip.shape.id, index: grip.index });
    this.host.rest();
  }

  cancel(): boolean {
    this.host.document.cancel();
    this.host.rest();
    return true;
  }

  private complete(): void {
    const { document } = this.host;
    const shape = document.state.shapes.find(({ id }) => id === this.entry.grip.shape.id);
    const completed = shape?.type !== undefined && shape.type !== 'rect';
    if (!completed || !completeOutline(this.host, shape)) document.cancel();
  }

  private remove(): void {
    const { document } = this.host;
    const { shape, index } = this.entry.grip;
    const next = withoutVertex(document.settled, { id: shape.id, index });
    if (next === document.settled) this.host.hint(TOO_FEW);
    else document.edit(next);
  }

  private preview(points: Parameters<typeof reshaped>[1]): void {
    const { document } = this.host;
    document.preview(withShape(document.settled, reshaped(this.entry.grip.shape, points)));
  }
}
