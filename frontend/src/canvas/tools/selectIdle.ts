import { shapeEdgeAt } from '../hits';
import type { ScreenPoint } from '../geometry/points';
import { grabAt, grabCursor, resizeCursor, startGrab } from './grab';
import type { PointerInput, ToolHost, ToolState } from './tool';

/** The select tool waits. Any edge resizes, a selected shape moves, the rest pans or, clicked, selects. */
export class SelectIdle implements ToolState {
  readonly path = 'select.idle';
  private readonly host: ToolHost;

  constructor(host: ToolHost) {
    this.host = host;
  }

  cursor(at: ScreenPoint): string {
    const grab = grabAt(this.host, at);
    if (grab) return grabCursor(grab);
    const edge = this.edge(at);
    if (edge) return resizeCursor(edge.handle);
    return this.host.shapesAt(at).length > 0 ? 'pointer' : 'default';
  }

  pointerDown(press: PointerInput): void {
    const grab = grabAt(this.host, press.screen);
    const edge = this.edge(press.screen);
    const adds = press.shift || press.ctrl;
    if (grab) startGrab(this.host, grab, press);
    else if (edge && !adds) this.host.enter('select.resizing', { press, ...edge });
    else {
      const { screen: from, button } = press;
      this.host.enter('pan.dragging', { from, button, clicks: true, resume: null });
    }
  }

  pointerMove(): void {
    // Nothing is held.
  }

  pointerUp(): void {
    // Nothing was pressed here.
  }

  cancel(): boolean {
    return false;
  }

  private edge(at: ScreenPoint) {
    const [shape] = this.host.readOnly ? [] : this.host.shapesAt(at);
    const handle = shape && shapeEdgeAt(this.host.viewport, shape, at);
    return shape && handle ? { shape, handle } : null;
  }
}
