import type { Editor } from '../editor';
import type { Unsubscribe } from '../emitter';
import type { Point, Size } from '../geometry/points';
import { grow } from '../geometry/rect';
import type { Rect } from '../geometry/rect';
import type { Viewport } from '../geometry/viewport';
import { OVERHANG } from '../scene';
import type { EditorState } from '../state';
import { isActive, paintActive } from './activeLayer';
import { paintImage } from './imageLayer';
import { isBlurred } from './levels';
import { paintShapes } from './shapesLayer';
import { Surface } from './surface';
import { TagStamps } from './tags';

/** Three canvases on top of each other, from the bottom up. */
export interface Canvases {
  readonly image: HTMLCanvasElement;
  readonly shapes: HTMLCanvasElement;
  readonly active: HTMLCanvasElement;
}

interface Subject {
  readonly editor: Editor;
  readonly bitmap: ImageBitmap | null;
  /** The same image in all its pixels. */
  readonly whole: ImageBitmap | null;
  readonly unsubscribe: Unsubscribe;
}

/**
 * Paints an editor's state, at most once per frame and only the layers that changed. Moving a shape
 * repaints the active layer alone, however many others there are.
 */
export class Renderer {
  private readonly image: Surface;
  private readonly shapes: Surface;
  private readonly active: Surface;
  private readonly stamps = new TagStamps();
  private subject: Subject | null = null;
  private painted: EditorState | null = null;
  /** Whether all shapes carried their tags, which keep inside of the view when it is panned. */
  private tagged = false;
  private frame: number | null = null;

  constructor(canvases: Canvases) {
    this.image = new Surface(canvases.image);
    this.shapes = new Surface(canvases.shapes);
    this.active = new Surface(canvases.active);
  }

  /** Shows another editor together with its decoded image, in the same frame. */
  show(editor: Editor, bitmap: ImageBitmap | null): void {
    this.drop();
    const unsubscribe = editor.subscribe(this.request);
    this.subject = { editor, bitmap, whole: null, unsubscribe };
    this.painted = null;
    this.paint();
  }

  /**
   * From now on `whole` is painted where the bitmap that is shown would be blurred. It is closed
   * with the end of the show: so much memory does not wait for the garbage collector.
   */
  sharpen(whole: ImageBitmap): void {
    if (!this.subject) return;
    this.subject = { ...this.subject, whole };
    this.painted = null;
    this.paint();
  }

  /** Resizing clears a canvas, so it is painted at once rather than in the next frame. */
  resize(size: Size, pixelRatio: number): void {
    for (const surface of [this.image, this.shapes, this.active]) surface.resize(size, pixelRatio);
    this.painted = null;
    this.paint();
  }

  dispose(): void {
    this.drop();
    if (this.frame !== null) cancelAnimationFrame(this.frame);
  }

  private drop(): void {
    this.subject?.unsubscribe();
    this.subject?.whole?.close();
    this.subject = null;
  }

  private readonly request = (): void => {
    this.frame ??= requestAnimationFrame(() => {
      this.paint();
    });
  };

  private paint(): void {
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    this.frame = null;
    if (!this.subject) return;
    const { editor } = this.subject;
    const { state } = editor;
    const before = this.painted;
    this.painted = state;
    if (before === state) return;
    const { viewport, look } = state;
    if (before?.viewport !== viewport || before.look.smooth !== look.smooth)
      this.paintImage(this.subject, state, before);
    if (!before || before.viewport !== viewport || backgroundChanged(before, state))
      this.paintShapes(editor, state, before);
    const active = isActive(state);
    this.active.show(active);
    if (!active) return;
    this.active.repaint(() => {
      paintActive(this.active, this.stamps, state);
    });
  }

  /** Panned it is moved as a picture: scaling it anew would take half a frame. */
  private paintImage(
    subject: Subject,
    { viewport, look }: EditorState,
    before: EditorState | null,
  ) {
    const bitmap = this.sharpest(subject, viewport);
    const paint = () => {
      paintImage(this.image, viewport, bitmap, look.smooth);
    };
    const panned =
      before?.look.smooth === look.smooth
        ? pannedBy(before.viewport, viewport, this.image.pixelRatio)
        : null;
    if (panned) this.image.pan(panned.x, panned.y, paint);
    else this.image.repaint(paint);
  }

  /** The fewest pixels that are enough, which are painted fastest and flicker least. */
  private sharpest({ bitmap, whole }: Subject, viewport: Viewport): ImageBitmap | null {
    if (!bitmap || !whole) return bitmap;
    return isBlurred(bitmap, viewport, this.image.pixelRatio) ? whole : bitmap;
  }

  /** A crowd that is only panned is moved as a picture: painting it anew would take a frame. */
  private paintShapes(editor: Editor, state: EditorState, before: EditorState | null): void {
    const { viewport } = state;
    const selected = new Set(state.selection);
    const tagsAll = editor.scene.tagsAll();
    const crowded = !tagsAll && !this.tagged;
    this.tagged = tagsAll;
    const panned =
      before && crowded && !backgroundChanged(before, state)
        ? pannedBy(before.viewport, viewport, this.shapes.pixelRatio)
        : null;
    const paint = (area: Rect) => {
      const part = grow(viewport.rectToImage(area), OVERHANG / viewport.zoom);
      const shapes = editor.scene.shapesIn(part).filter(({ id }) => !selected.has(id));
      paintShapes(this.shapes, this.stamps, state, { part, shapes, tagsAll });
    };
    if (panned) this.shapes.pan(panned.x, panned.y, paint);
    else this.shapes.repaint(paint);
  }
}

/** Device px from one view to the next; null unless they are whole ones. */
function pannedBy(before: Viewport, now: Viewport, ratio: number): Point | null {
  if (before.zoom !== now.zoom || before.view !== now.view) return null;
  const x = (now.origin.x - before.origin.x) * ratio;
  const y = (now.origin.y - before.origin.y) * ratio;
  const isWhole = (way: number) => Math.abs(way - Math.round(way)) < 1e-6;
  return isWhole(x) && isWhole(y) ? { x: Math.round(x), y: Math.round(y) } : null;
}

/** Whether anything but the selected shapes looks different, wherever the canvas looks. */
function backgroundChanged(before: EditorState, now: EditorState): boolean {
  return (
    before.selection !== now.selection ||
    before.hidden !== now.hidden ||
    before.onlyLabel !== now.onlyLabel ||
    before.threshold !== now.threshold ||
    before.concealed !== now.concealed ||
    before.look !== now.look ||
    before.showTags !== now.showTags ||
    before.labels !== now.labels ||
    before.layers !== now.layers ||
    unselectedChanged(before, now)
  );
}

function unselectedChanged(before: EditorState, now: EditorState): boolean {
  if (before.shapes === now.shapes) return false;
  if (before.shapes.length !== now.shapes.length) return true;
  const selected = new Set(now.selection);
  return now.shapes.some(
    (shape, position) => shape !== before.shapes[position] && !selected.has(shape.id),
  );
}
