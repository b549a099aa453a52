import type { PointerInput, ToolHost, ToolState } from './tool';

/** The hand waits. */
export class PanIdle implements ToolState {
  readonly path = 'pan.idle';
  private readonly host: ToolHost;

  constructor(host: ToolHost) {
    this.host = host;
  }

  cursor(): string {
    return 'grab';
  }

  pointerDown({ screen: from, button }: PointerInput): void {
    this.host.enter('pan.dragging', { from, button, clicks: false, resume: null });
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
}
