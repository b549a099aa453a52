import { expect } from 'vitest';
import { Editor } from '../editor';
import type { EditorOptions } from '../options';
import { imagePoint, screenPoint } from '../geometry/points';
import type { RawPointer } from '../tools/machine';
import type { Hint, StatePath, ToolName } from '../tools/tool';

type Held = Pick<RawPointer, 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>;
type Box = readonly [x: number, y: number, width: number, height: number];

/** An image of 200 x 100 in a view of the same size: one image pixel is one CSS pixel. */
const SIZE = { width: 200, height: 100 };

/**
 * Drives the editor as a hand would. Positions are image pixels, which at the start are also screen
 * pixels; `zoomTo` changes that and tests stay readable.
 */
export class EditorDriver {
  readonly editor: Editor;
  readonly hints: Hint[] = [];
  private held: Held = {};
  private at = { x: 0, y: 0 };

  constructor(options: Partial<EditorOptions> = {}) {
    let count = 0;
    const createId = () => `new${String(++count)}`;
    const labels = [{ name: 'cat' }, { name: 'dog' }];
    this.editor = new Editor({ image: SIZE, labels, createId, ...options });
    this.editor.view.resize(SIZE);
    this.placeImage(1, 0, 0);
    this.editor.onHint((hint) => this.hints.push(hint));
  }

  /** Shows the image's (x, y) at the top left of the view. */
  placeImage(zoom: number, x: number, y: number): this {
    const { view } = this.editor;
    view.look(view.viewport.zoomedTo(zoom));
    const corner = view.viewport.toScreen(imagePoint(x, y));
    view.panBy(-corner.x, -corner.y);
    return this;
  }

  tool(tool: ToolName): this {
    this.editor.setTool(tool);
    return this;
  }

  hold(held: Held): this {
    this.held = held;
    return this;
  }

  down(x: number, y: number, button = 0): this {
    this.editor.pointerDown(this.pointer(x, y, button));
    return this;
  }

  move(x: number, y: number): this {
    this.editor.pointerMove(this.pointer(x, y));
    return this;
  }

  up(button = 0): this {
    this.editor.pointerUp(this.pointer(this.at.x, this.at.y, button));
    return this;
  }

  click(x: number, y: number): this {
    return this.move(x, y).down(x, y).up();
  }

  drag(from: readonly [number, number], to: readonly [number, number]): this {
    return this.down(...from)
      .move(...to)
      .up();
  }

  key(key: string, type: 'keydown' | 'keyup' = 'keydown'): this {
    this.press(key, type);
    return this;
  }

  /** Like `key`; tells whether the canvas took it. */
  press(key: string, type: 'keydown' | 'keyup' = 'keydown'): boolean {
    const { shiftKey = false, altKey = false, ctrlKey = false, metaKey = false } = this.held;
    return this.editor.handleKey({ type, key, shiftKey, altKey, ctrlKey, metaKey });
  }

  expectPath(path: StatePath): this {
    expect(this.editor.state.path).toBe(path);
    return this;
  }

  /** The finished boxes, in order. */
  expectBoxes(...boxes: Box[]): this {
    const found = this.editor.getSpans().map(({ x, y, width, height }) => [x, y, width, height]);
    expect(found).toEqual(boxes);
    return this;
  }

  /** What is seen now, an unfinished gesture included. */
  expectSeen(...boxes: Box[]): this {
    const found = this.editor.state.shapes.map(({ rect }) => [
      rect.x,
      rect.y,
      rect.width,
      rect.height,
    ]);
    expect(found).toEqual(boxes);
    return this;
  }

  /** The corners of the finished outlines, in order. */
  expectOutlines(...outlines: readonly (readonly (readonly number[])[])[]): this {
    const found = this.editor.getSpans().filter(({ type }) => type !== 'rect');
    expect(found.map(({ points }) => points)).toEqual(outlines);
    return this;
  }

  expectSelected(...ids: string[]): this {
    expect(this.editor.state.selection).toEqual(ids);
    return this;
  }

  /** The image's (x, y) is at the top left of the view. */
  expectCorner(zoom: number, x: number, y: number): this {
    const { viewport } = this.editor.view;
    const corner = viewport.toImage(screenPoint(0, 0));
    expect(viewport.zoom).toBeCloseTo(zoom, 9);
    expect([corner.x, corner.y]).toEqual([expect.closeTo(x, 6), expect.closeTo(y, 6)]);
    return this;
  }

  private pointer(x: number, y: number, button = 0): RawPointer {
    this.at = { x, y };
    const screen = this.editor.view.viewport.toScreen(imagePoint(x, y));
    return { x: screen.x, y: screen.y, button, ...this.held };
  }
}

/** A rectangle of the label `cat` as the server sends it. */
export function box(id: string, ...[x, y, width, height]: Box) {
  return { id, label: 'cat', x, y, width, height };
}
