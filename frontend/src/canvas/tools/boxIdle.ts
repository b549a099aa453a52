import type { ScreenPoint } from '../geometry/points';
import { grabAt, grabCursor, startGrab } from './grab';
import type { Entries, PointerInput, ToolHost, ToolState } from './tool';

const DRAWING_STATES = {
  drag: 'box.drawing',
  corners: 'box.corners',
  extremes: 'box.extremes',
} as const;

/** The box tool waits. Handles and edges of the selection resize, a picked shape moves, the rest draws. */
export class BoxIdle implements ToolState {
  readonly path = 'box.idle';
  private readonly host: ToolHost;
  private readonly fresh: string | null;

  constructor(host: ToolHost, { fresh }: Entries['box.idle']) {
    this.host = host;
    this.fresh = fresh;
  }

  cursor(at: ScreenPoint): string {
    const grab = this.grab(at);
    return grab ? grabCursor(grab) : 'crosshair';
  }

  pointerDown(press: PointerInput): void {
    const grab = this.grab(press.screen);
    if (grab) startGrab(this.host, grab, press);
    else this.host.enter(this.drawing(press), { press, fresh: this.fresh });
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

  /** Where clicks draw, Ctrl is the way to select with one. */
  private drawing({ ctrl }: PointerInput) {
    return ctrl ? 'box.drawing' : DRAWING_STATES[this.host.drawing.boxBy];
  }

  private grab(at: ScreenPoint) {
    const grab = grabAt(this.host, at);
    const { selection } = this.host.document.state;
    const picked = this.fresh === null || !selection.includes(this.fresh);
    return grab?.part === 'body' && !picked ? null : grab;
  }
}
