import { withSaid } from '../document/attributes';
import { polygonShape } from '../document/shapes';
import type { PolygonShape } from '../document/shapes';
import { simplified } from '../geometry/outline';
import { distance } from '../geometry/points';
import type { ImagePoint } from '../geometry/points';
import { clickAt } from './click';
import { completeOutline } from './outlines';
import { snappedToBorder } from './snap';
import { CLICK_SLOP, SIMPLIFY, TRAIL_STEP } from './tool';
import type { DrawPress, PointerInput, ToolHost, ToolState } from './tool';

/** From the press to the release of a drag that draws an outline. Without a drag it was a click. */
export class FreehandDrawing implements ToolState {
  readonly path = 'freehand.drawing';
  private readonly host: ToolHost;
  private readonly entry: DrawPress;
  private readonly id: string;
  private readonly selection: readonly string[];
  private points: readonly ImagePoint[] = [];

  constructor(host: ToolHost, entry: DrawPress) {
    this.host = host;
    this.entry = entry;
    this.id = host.createId();
    this.selection = [this.id];
  }

  cursor(): string {
    return 'crosshair';
  }

  pointerDown(): void {
    // A second button changes nothing.
  }

  pointerMove({ screen, image }: PointerInput): void {
    const { press } = this.entry;
    const last = this.points.at(-1);
    if (!last && distance(screen, press.screen) < CLICK_SLOP) return;
    if (last && distance(this.host.viewport.toScreen(last), screen) < TRAIL_STEP) return;
    const before = last ? this.points : [snappedToBorder(this.host, press.image)];
    this.points = [...before, snappedToBorder(this.host, image)];
    this.preview(this.points);
  }

  pointerUp(input: PointerInput): void {
    this.pointerMove(input);
    if (this.points.length === 0) {
      clickAt(this.host, input);
      this.host.rest();
      return;
    }
    const line = [...this.points, snappedToBorder(this.host, input.image)];
    const outline = simplified(line, SIMPLIFY / this.host.viewport.zoom);
    if (!completeOutline(this.host, this.preview(outline))) this.cancel();
    else this.host.enter('freehand.idle', { fresh: this.id });
  }

  cancel(): boolean {
    this.host.document.cancel();
    this.host.enter('freehand.idle', { fresh: this.entry.fresh });
    return true;
  }

  private preview(points: readonly ImagePoint[]): PolygonShape {
    const shape = withSaid(
      polygonShape(this.id, this.host.label, points, 'freehand'),
      this.host.said,
    );
    const { settled } = this.host.document;
    const shapes = [...settled.shapes, shape];
    this.host.document.preview({ ...settled, shapes, selection: this.selection });
    return shape;
  }
}
