import * as commands from './commands';
import { randomId } from './document/ids';
import { readLayer } from './document/layers';
import type { LayerInput } from './document/layers';
import { shapeFromSpan, spanFromShape } from './document/spans';
import type { Span, WrittenSpan } from './document/spans';
import { DocumentStore } from './document/store';
import type { DocumentState, Values } from './document/store';
import { answerAmong, suggestedShape } from './document/suggestions';
import type { SuggestedSpan } from './document/suggestions';
import { DRAWING, drawingTools } from './drawing';
import { Emitter } from './emitter';
import { labelFor } from './fitting';
import type { Unsubscribe } from './emitter';
import type { Size } from './geometry/points';
import { LOOK } from './look';
import type { Viewport } from './geometry/viewport';
import type { Clipboard, EditorOptions } from './options';
import { Scene, labelSettings } from './scene';
import type { LayerPick } from './scene';
import type { EditorState } from './state';
import { ToolMachine } from './tools/machine';
import type { Hint } from './tools/tool';
import { View } from './view';

/** What an editor is made of, what it holds and what it tells; what can be done with it is `Editor`. */
export abstract class EditorCore {
  readonly image: Size;
  readonly view: View;
  readonly scene: Scene;
  protected readonly document: DocumentStore<Viewport>;
  protected readonly tools: ToolMachine;
  protected readonly hints = new Emitter<Hint>();
  protected readonly clipboard: Clipboard;
  protected readonly createId: () => string;
  private readonly changes = new Emitter<EditorState>();
  private readonly picks = new Emitter<LayerPick>();
  private snapshot: EditorState | null = null;

  constructor({ image, labels, label, readOnly = false, ...rest }: EditorOptions) {
    this.image = image;
    const { spotlight = false, drawing = DRAWING, showTags = true } = rest;
    const { threshold = -Infinity, look = LOOK } = rest;
    const tool = rest.tool ?? drawingTools(drawing)[0] ?? 'select';
    this.createId = rest.createId ?? randomId;
    this.clipboard = rest.clipboard ?? { shapes: [], previous: [] };
    const looks = { spotlight, drawing, showTags, threshold, look };
    const chosen = { tool, readOnly, ...looks };
    const named = labelSettings(labels);
    const usual = new Map([...named.usual, ...(rest.usual ?? [])]);
    const sticky = labelFor({ ...named, label: label ?? named.label }, tool);
    const settings = { ...named, usual, ...chosen, label: sticky };
    this.document = new DocumentStore(this.changed, () => this.view.viewport);
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

  /** Neither during a gesture nor when read-only. */
  protected edit(command: (state: DocumentState) => DocumentState, mergeKey?: string): void {
    if (this.state.readOnly || this.tools.busy) return;
    this.document.edit(command(this.document.state), mergeKey);
  }

  /** On what of the selection is free; the rest of it stays as it is. */
  protected editSelection(
    command: (state: DocumentState) => DocumentState,
    mergeKey?: string,
  ): void {
    this.edit((state) => commands.sparing(state, this.scene.isFree, command), mergeKey);
  }

  protected readonly changed = (): void => {
    this.snapshot = null;
    this.changes.emit(this.state);
  };

  /** Another place of the image lies under the resting pointer now. */
  private readonly moved = (): void => {
    this.tools.refresh();
    this.changed();
  };

  private takeSnapshot(): EditorState {
    const { state, revision, cause, canUndo, canRedo } = this.document;
    const settled = answerAmong(this.document.settled.shapes);
    const { viewport } = this.view;
    const live = { settled, revision, cause, canUndo, canRedo, viewport, ...this.tools.seen() };
    return { ...this.scene.settings, ...state, ...live };
  }
}
