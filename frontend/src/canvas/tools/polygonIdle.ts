import { clickAt } from './click';
import { DrawIdle } from './drawIdle';
import type { DrawPress } from './tool';

/** A click is a corner; on a tag, or with a key held, it selects instead. */
export class PolygonIdle extends DrawIdle {
  readonly path = 'polygon.idle';

  protected draw(entry: DrawPress): void {
    const { press } = entry;
    const picks = press.shift || press.ctrl || press.alt || this.host.tagAt(press.screen) !== null;
    if (!picks) {
      this.host.enter('polygon.drawing', entry);
      return;
    }
    clickAt(this.host, press);
    this.host.rest();
  }
}
