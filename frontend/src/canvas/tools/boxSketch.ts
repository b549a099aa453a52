import { withSaid } from '../document/attributes';
import { withExtremes } from '../document/extremes';
import { rectShape } from '../document/shapes';
import { drawnRect } from '../geometry/drag';
import type { ImagePoint } from '../geometry/points';
import type { Rect } from '../geometry/rect';
import { snappedToBorder } from './snap';
import { MIN_SIDE } from './tool';
import type { PointerInput, ToolHost } from './tool';

/** The box that a gesture is drawing: selected and in the label in hand, but no step yet. */
export class BoxSketch {
  private readonly host: ToolHost;
  /** The box drawn before, to go back to. */
  private readonly fresh: string | null;
  private readonly id: string;
  private readonly selection: readonly string[];

  constructor(host: ToolHost, fresh: string | null) {
    this.host = host;
    this.fresh = fresh;
    this.id = host.createId();
    this.selection = [this.id];
  }

  /** The rectangle from a pressed point to the pointer, as the modifiers and the dataset want it. */
  between(press: PointerInput, input: PointerInput): Rect {
    const { drawing, viewport } = this.host;
    const modifiers = { even: input.shift, centred: input.alt !== drawing.fromCentre };
    const [start, end] = [this.snapped(press.image), this.snapped(input.image)];
    return drawnRect(start, end, modifiers, viewport.image);
  }

  snapped(point: ImagePoint): ImagePoint {
    return snappedToBorder(this.host, point);
  }

  show(rect: Rect, extremes: readonly ImagePoint[] = []): void {
    const { settled } = this.host.document;
    const { label, said } = this.host;
    const shape = withExtremes(withSaid(rectShape(this.id, label, rect), said), extremes);
    const shapes = [...settled.shapes, shape];
    this.host.document.preview({ ...settled, shapes, selection: this.selection });
  }

  /** Makes what is shown a step, unless `rect` is too small. */
  complete(rect: Rect): void {
    if (Math.min(rect.width, rect.height) < MIN_SIDE) {
      this.cancel();
      this.host.hint({ code: 'too_small', minimum: MIN_SIDE });
      return;
    }
    this.host.document.complete();
    this.host.enter('box.idle', { fresh: this.id });
  }

  cancel(): void {
    this.host.document.cancel();
    this.host.enter('box.idle', { fresh: this.fresh });
  }
}
