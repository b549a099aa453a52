import type { Editor } from '../canvas';
import { Renderer } from '../canvas/render/renderer';
import type { Canvases } from '../canvas/render/renderer';
import type { RawPointer } from '../canvas/tools/machine';

/** The place on the page where one editor after another is shown. */
export class CanvasStage {
  readonly element: HTMLElement;
  private readonly renderer: Renderer;
  private readonly observer: ResizeObserver;
  private shown: Editor | null = null;
  private unsubscribe: (() => void) | null = null;
  private pointer: RawPointer | null = null;

  constructor(element: HTMLElement, canvases: Canvases) {
    this.element = element;
    this.renderer = new Renderer(canvases);
    this.observer = new ResizeObserver(this.measure);
    this.observer.observe(element);
    // Moving to a screen of another density or zooming the page changes the pixel ratio alone.
    window.addEventListener('resize', this.measure);
    this.measure();
  }

  /** The editor that gets the input: the one on the screen. */
  get editor(): Editor | null {
    return this.shown;
  }

  /** Swaps editor and image in one frame; a pointer over the canvas stays where it is. */
  show(editor: Editor, bitmap: ImageBitmap | null): void {
    if (this.shown !== editor) {
      this.leave();
      this.shown = editor;
      this.unsubscribe = editor.subscribe(this.showCursor);
    }
    editor.view.resize(this.size());
    if (this.pointer) editor.pointerMove(this.pointer);
    this.showCursor();
    this.renderer.show(editor, bitmap);
  }

  /** The image on the stage in all its pixels, for where it would be blurred; closed with the show. */
  sharpen(whole: ImageBitmap): void {
    this.renderer.sharpen(whole);
  }

  /** Remembers where the pointer is, for the editor that comes next; null when it left. */
  track(pointer: RawPointer | null): void {
    this.pointer = pointer;
  }

  dispose(): void {
    this.leave();
    this.renderer.dispose();
    this.observer.disconnect();
    window.removeEventListener('resize', this.measure);
  }

  private leave(): void {
    this.unsubscribe?.();
    this.shown?.setPanHeld(false);
    this.shown?.cancel();
    this.shown?.pointerLeave();
    this.shown = null;
  }

  private readonly measure = (): void => {
    const size = this.size();
    if (size.width === 0 || size.height === 0) return;
    this.shown?.view.resize(size);
    this.renderer.resize(size, window.devicePixelRatio || 1);
  };

  private size() {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }

  private readonly showCursor = (): void => {
    const cursor = this.shown?.state.cursor ?? 'default';
    if (this.element.style.cursor !== cursor) this.element.style.cursor = cursor;
  };
}
