import type { ScreenPoint } from '../geometry/points';
import { grabAt, grabCursor, startGrab } from './grab';
import type { DrawPress, DrawnLast, PointerInput, StatePath, ToolHost, ToolState } from './tool';

/**
 * A drawing tool waits. Handles and edges of the selection are taken hold of, a picked shape moves,
 * the rest draws.
 */
export abstract class DrawIdle implements ToolState {
  abstract readonly path: StatePath;
  protected readonly host: ToolHost;
  private readonly fresh: string | null;

  constructor(host: ToolHost, { fresh }: DrawnLast) {
    this.host = host;
    this.fresh = fresh;
  }

  protected abstract draw(entry: DrawPress): void;

  cursor(at: ScreenPoint): string {
    const grab = this.grab(at);
    return grab ? grabCursor(grab) : 'crosshair';
  }

  pointerDown(press: PointerInput): void {
    const { host, fresh } = this;
    const grab = this.grab(press.screen);
    const grip = grab?.part === 'vertex' && !this.picked ? grab : null;
    if (grab && !grip) startGrab(host, grab, press);
    else this.draw({ press, fresh, grip });
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

  /** The selection is more than the shape that was drawn last. */
  private get picked(): boolean {
    return this.fresh === null || !this.host.document.state.selection.includes(this.fresh);
  }

  private grab(at: ScreenPoint) {
    const grab = grabAt(this.host, at);
    return grab?.part !== 'body' || this.picked ? grab : null;
  }
}
