import * as commands from './commands';
import { randomId } from './document/ids';
import type { Label } from './document/labels';
import { readLayer } from './document/layers';
import type { LayerInput } from './document/layers';
import type { Shape } from './document/shapes';
import { shapeFromSpan, spanFromShape } from './document/spans';
import type { Span, WrittenSpan } from './document/spans';
import { DocumentStore } from './document/store';
import type { DocumentState, Values } from './document/store';
import { acceptedAmong, answerAmong, isBelow, suggestedShape } from './document/suggestions';
import type { SuggestedSpan } from './document/suggestions';
import { DRAWING } from './drawing';
import type { Drawing } from './drawing';
import { Emitter } from './emitter';
import type { Unsubscribe } from './emitter';
import type { Size } from './geometry/points';
import { boundsOfAll } from './geometry/rect';
import type { Rect } from './geometry/rect';
import { handleKey } from './keys';
import type { KeyInput } from './keys';
import { Scene, labelSettings } from './scene';
import type { LayerPick } from './scene';
import type { EditorSettings, EditorState } from './state';
import { ToolMachine } from './tools/machine';
import type { Modifiers, RawPointer } from './tools/machine';
import type { Hint, ToolName } from './tools/tool';
import { View } from './view';

/** Shapes to paste; share one among editors to paste on the next image. */
export interface Clipboard {
  shapes: readonly Shape[];
}

export interface EditorOptions {
  /** Size of the full-resolution upright image, which all coordinates refer to. */
  readonly image: Size;
  readonly labels: readonly Label[];
  readonly spans?: readonly Span[] | undefined;
  /** What models offer; it lies below the shapes. */
  readonly suggestions?: readonly SuggestedSpan[] | undefined;
  readonly threshold?: number | undefined;
  /** What was said beside the shapes. */
  readonly values?: Values | undefined;
  /** The sticky label; by default the first one. */
  readonly label?: string | undefined;
  readonly tool?: ToolName | undefined;
  readonly readOnly?: boolean | undefined;
  readonly spotlight?: boolean | undefined;
  readonly drawing?: Drawing | undefined;
  readonly showTags?: boolean | undefined;
  readonly clipboard?: Clipboard | undefined;
  readonly createId?: (() => string) | undefined;
}

/** Image px that a duplicate lies beside its original. */
const DUPLICATE_OFFSET = 10;

/**
 * The annotation canvas of one image without its pixels: shapes, tools, view. Make one per task.
 * Positions that come in are CSS px from the top left of the canvas; shapes are in image px.
 */
export class Editor {
  readonly image: Size;
  readonly view: View;
  readonly scene: Scene;
  private readonly document: DocumentStore;
  private readonly tools: ToolMachine;
  private readonly changes = new Emitter<EditorState>();
  private readonly hints = new Emitter<Hint>();
  private readonly picks = new Emitter<LayerPick>();
  private readonly clipboard: Clipboard;
  private readonly createId: () => string;
  private snapshot: EditorState | null = null;

  constructor({ image, labels, label, tool = 'box', readOnly = false, ...rest }: EditorOptions) {
    this.image = image;
    const { spotlight = false, drawing = DRAWING, showTags = true } = rest;
    const { threshold = -Infinity } = rest;
    this.createId = rest.createId ?? randomId;
    this.clipboard = rest.clipboard ?? { shapes: [] };
    const looks = { spotlight, drawing, showTags, threshold };
    const chosen = { tool, readOnly, ...looks, ...(label && { label }) };
    const settings = { ...labelSettings(labels), ...chosen };
    this.document = new DocumentStore(this.changed);
    this.view = new View(image, this.moved);
    this.scene = new Scene(this.document, this.view, settings, this.changed);
    this.tools = new ToolMachine({
      document: this.document,
      view: this.view,
      scene: this.scene,
      createId: this.createId,
      hint: this.hints.emit,
      pick: this.picks.emit,
    });
    this.load(rest.spans ?? [], rest.values, rest.suggestions);
  }

  get state(): EditorState {
    this.snapshot ??= this.takeSnapshot();
    return this.snapshot;
  }

  /** Called after every change with the new state. Bound, so that it can be handed on. */
  readonly subscribe = (listener: (state: EditorState) => void): Unsubscribe =>
    this.changes.subscribe(listener);

  /** Something did not happen, and the person should be told why. */
  readonly onHint = (listener: (hint: Hint) => void): Unsubscribe => this.hints.subscribe(listener);

  /** A shape of a read-only layer was clicked. */
  readonly onPick = (listener: (pick: LayerPick) => void): Unsubscribe =>
    this.picks.subscribe(listener);

  // Content

  /** Replaces all shapes and values and forgets the history. */
  load(
    spans: readonly Span[],
    values: Values = {},
    suggestions: readonly SuggestedSpan[] = [],
  ): void {
    this.tools.cancel();
    const offered = suggestions.map((each) => suggestedShape(each, this.createId));
    const shapes = spans.map((span) => shapeFromSpan(span, this.createId));
    this.document.load([...offered, ...shapes], values);
  }

  /** The finished shapes; neither a gesture that is going on nor what is only suggested shows. */
  getSpans(): WrittenSpan[] {
    return answerAmong(this.document.settled.shapes).map(spanFromShape);
  }

  /** Read-only shapes over the image; nothing about them is undone or saved. */
  setLayers(layers: readonly LayerInput[]): void {
    this.scene.set({ layers: layers.map((layer) => readLayer(layer, this.createId)) });
  }

  // Input

  pointerDown(pointer: RawPointer): void {
    this.tools.pointerDown(pointer);
    this.changed();
  }

  pointerMove(pointer: RawPointer): void {
    this.tools.pointerMove(pointer);
    this.changed();
  }

  pointerUp(pointer: RawPointer): void {
    this.tools.pointerUp(pointer);
    this.changed();
  }

  pointerLeave(): void {
    this.tools.pointerLeave();
    this.changed();
  }

  /** Keys of the focused canvas. True when the key meant something and must go no further. */
  handleKey(key: KeyInput): boolean {
    return handleKey(this, key);
  }

  /** Shift or Alt changed while the pointer rests. */
  setModifiers(modifiers: Modifiers): void {
    if (!this.tools.busy) return;
    this.tools.refresh(modifiers);
    this.changed();
  }

  /** While held, dragging pans, even within a gesture. On release: whether it did. */
  setPanHeld(held: boolean): boolean {
    const panned = this.tools.setPanHeld(held);
    this.changed();
    return panned;
  }

  /** Ends the gesture that is going on without a trace; false when there is none. */
  cancel(): boolean {
    const cancelled = this.tools.cancel();
    this.changed();
    return cancelled;
  }

  /** Takes back the last point of the gesture that is going on; false when there is none. */
  takeBack(): boolean {
    const took = this.tools.takeBack();
    this.changed();
    return took;
  }

  // What the surroundings choose

  setTool(tool: ToolName): void {
    this.rearm({ tool });
  }

  /** Ends a gesture that is going on, without a trace. */
  setReadOnly(readOnly: boolean): void {
    this.rearm({ readOnly });
  }

  /** Makes `label` the sticky one and gives it to the selection, if there is one. */
  setLabel(label: string): void {
    this.scene.set({ label });
    this.edit((state) => commands.relabelled(state, label));
  }

  /** What is drawn: nothing but pixels, shapes of one label only, with or without tags. */
  show(what: Partial<Pick<EditorSettings, 'hidden' | 'onlyLabel' | 'showTags'>>): void {
    this.scene.set(what);
  }

  /** Hides suggestions with a lower score; raised or lowered, it changes nothing else. */
  setThreshold(threshold: number): void {
    this.scene.set({ threshold });
    const { shapes, selection } = this.document.state;
    const hidden = shapes.filter((shape) => isBelow(shape, threshold)).map(({ id }) => id);
    if (selection.some((id) => hidden.includes(id)))
      this.select(selection.filter((id) => !hidden.includes(id)));
  }

  // Commands; during a gesture they do nothing, and when read-only those that edit do nothing

  select(ids: readonly string[]): void {
    if (!this.tools.busy) this.document.select(ids);
  }

  selectAll(): void {
    this.select(this.document.state.shapes.filter(this.scene.isShown).map((shape) => shape.id));
  }

  /** The next shape, or with -1 the one before. False past the end, where the focus moves on. */
  selectNext(step: 1 | -1 = 1): boolean {
    const next = commands.neighbour(this.document.state, step);
    this.select(next === null ? [] : [next]);
    const bounds = next === null ? null : this.scene.boundsOf([next]);
    if (bounds) this.view.reveal(bounds);
    return next !== null;
  }

  /** Makes suggestions part of the answer. */
  accept(ids: readonly string[]): void {
    this.edit((state) => acceptedAmong(state, ids));
  }

  /** The selected suggestions, or without any selection all that are shown. */
  acceptSuggestions(): void {
    const { selection } = this.document.state;
    if (selection.length > 0) this.accept(selection);
    else this.acceptShown();
  }

  acceptShown(): void {
    this.accept(this.document.state.shapes.filter(this.scene.isShown).map(({ id }) => id));
  }

  deleteSelection(): void {
    this.edit(commands.withoutSelection);
  }

  /** Image px; nudges in a row are one undo step. */
  nudge(dx: number, dy: number): void {
    this.edit((state) => commands.moved(state, { x: dx, y: dy }, this.image), 'nudge');
  }

  /** Moves the right or bottom edge of the selection, image px. */
  stretch(dx: number, dy: number): void {
    this.edit((state) => commands.stretched(state, { x: dx, y: dy }, this.image), 'stretch');
  }

  /** Exact numbers for one rectangle. */
  setRect(id: string, rect: Rect): void {
    this.edit((state) => commands.placed(state, id, rect, this.image));
  }

  copy(): void {
    this.clipboard.shapes = commands.selectedShapes(this.document.settled);
  }

  /** At the same place as copied, also on another image. */
  paste(): void {
    this.add(this.clipboard.shapes, 0);
  }

  duplicate(): void {
    this.add(commands.selectedShapes(this.document.settled), DUPLICATE_OFFSET);
  }

  /**
   * Says something beside the shapes, also where those are read-only; undefined takes it back.
   * Changes in a row with the same `mergeKey` are one undo step: a text is not undone by letters.
   */
  setValue(name: string, value: unknown, mergeKey?: string): void {
    if (this.tools.busy) return;
    this.document.edit(commands.said(this.document.state, name, value), mergeKey);
  }

  undo(): void {
    this.travel(() => this.document.undo());
  }

  redo(): void {
    this.travel(() => this.document.redo());
  }

  /** Zooms to the selection; what else moves the view is in `view`. */
  zoomToSelection(): void {
    this.zoomToShape(...this.document.state.selection);
  }

  zoomToAll(): void {
    this.zoomToShape(...this.document.state.shapes.map((shape) => shape.id));
  }

  /** To shapes of the document or of layers: together they fill a third of the view. */
  zoomToShape(...ids: readonly string[]): void {
    const bounds = this.scene.boundsOf(ids);
    if (bounds) this.view.zoomTo(bounds);
  }

  private rearm(settings: Partial<EditorSettings>): void {
    this.tools.cancel();
    this.scene.set(settings);
    this.tools.rest();
    this.changed();
  }

  private edit(command: (state: DocumentState) => DocumentState, mergeKey?: string): void {
    if (this.state.readOnly || this.tools.busy) return;
    this.document.edit(command(this.document.state), mergeKey);
  }

  private add(shapes: readonly Shape[], offset: number): void {
    this.edit((state) => commands.pasted(state, shapes, offset, this.image, this.createId));
  }

  /** Steps through the history, which is of values alone when read-only; shows what came or went. */
  private travel(step: () => boolean): void {
    if (this.tools.busy) return;
    const before = this.document.state.shapes;
    if (!step()) return;
    const bounds = boundsOfAll(commands.difference(before, this.document.state.shapes));
    if (bounds) this.view.reveal(bounds);
  }

  private readonly changed = (): void => {
    this.snapshot = null;
    this.changes.emit(this.state);
  };

  /** Another place of the image lies under the resting pointer now. */
  private readonly moved = (): void => {
    this.tools.refresh();
    this.changed();
  };

  private takeSnapshot(): EditorState {
    const { state, revision, canUndo, canRedo } = this.document;
    const settled = answerAmong(this.document.settled.shapes);
    const { pointer, path, cursor, busy, hover } = this.tools;
    const { viewport } = this.view;
    const live = {
      settled,
      revision,
      canUndo,
      canRedo,
      viewport,
      pointer,
      path,
      cursor,
      busy,
      hover,
    };
    return { ...this.scene.settings, ...state, ...live };
  }
}
