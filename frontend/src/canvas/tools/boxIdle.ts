import { DrawIdle } from './drawIdle';
import type { DrawPress, PointerInput } from './tool';

const DRAWING_STATES = {
  drag: 'box.drawing',
  corners: 'box.corners',
  extremes: 'box.extremes',
} as const;

export class BoxIdle extends DrawIdle {
  readonly path = 'box.idle';

  protected draw(entry: DrawPress): void {
    this.host.enter(this.drawing(entry.press), entry);
  }

  /** Where clicks draw, Ctrl is the way to select with one. */
  private drawing({ ctrl }: PointerInput) {
    return ctrl ? 'box.drawing' : DRAWING_STATES[this.host.drawing.boxBy];
  }
}
