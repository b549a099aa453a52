import { distance } from '../geometry/points';
import type { ScreenPoint } from '../geometry/points';
import { clickAt } from './click';
import { CLICK_SLOP } from './tool';
import type { Entries, PointerInput, ToolHost, ToolState } from './tool';

/**
 * The image follows the pointer. Also entered from within another gesture, which goes on where it
 * was when Space or the middle button is let go.
 */
export class PanDragging implements ToolState {
  readonly path = 'pan.dragging';
  private readonly host: ToolHost;
  private readonly entry: Entries['pan.dragging'];
  private last: ScreenPoint;
  private dragged = false;
  private pressed = false;

  constructor(host: ToolHost, entry: Entries['pan.dragging']) {
    this.host = host;
    this.entry = entry;
    this.last = entry.from;
  }

  cursor(): string {
    return 'grabbing';
  }

  pointerDown(): void {
    // While Space is held, a press of its own only begins to pan; its release ends nothing.
    this.pressed = true;
  }

  pointerMove({ screen }: PointerInput): void {
    if (!this.dragged && distance(screen, this.entry.from) < CLICK_SLOP) return;
    this.dragged = true;
    const { x, y } = this.last;
    this.last = screen;
    this.host.look(this.host.viewport.pannedBy(screen.x - x, screen.y - y));
  }

  pointerUp(input: PointerInput): void {
    const { button, clicks, resume } = this.entry;
    if (this.pressed && button === null) {
      this.pressed = false;
      return;
    }
    if (!resume) {
      if (clicks && !this.dragged) clickAt(this.host, input);
      this.host.rest();
      return;
    }
    this.host.resume(resume);
    // The button of the interrupted gesture was let go while panning.
    if (input.button !== button) resume.pointerUp(input);
  }

  takeBack(): void {
    if (this.entry.resume?.takeBack) this.entry.resume.takeBack();
    else this.cancel();
  }

  cancel(): boolean {
    const { resume } = this.entry;
    if (resume?.cancel()) return true;
    this.host.rest();
    return true;
  }
}
