import { DrawIdle } from './drawIdle';
import type { DrawPress } from './tool';

export class FreehandIdle extends DrawIdle {
  readonly path = 'freehand.idle';

  protected draw(entry: DrawPress): void {
    this.host.enter('freehand.drawing', entry);
  }
}
