import { toggled } from './arrangement';
import * as commands from './commands';
import { usualAfter } from './document/attributes';
import type { AttributeValue } from './document/attributes';
import type { Shape } from './document/shapes';
import type { DocumentState } from './document/store';
import { acceptedAmong, isBelow } from './document/suggestions';
import { EditorCore } from './editorCore';
import { kindsInHand, labelFor, unfitKind } from './fitting';
import { boundsOfAll } from './geometry/rect';
import type { Rect } from './geometry/rect';
import type { Viewport } from './geometry/viewport';
import { handleKey } from './keys';
import type { KeyInput } from './keys';
import { placedInSight } from './placing';
import type { Look } from './look';
import type { EditorSettings } from './state';
import type { Modifiers, RawPointer } from './tools/machine';
import type { ToolName } from './tools/tool';
import * as vertices from './vertices';

/** Image px that a duplicate lies beside its original. */
const DUPLICATE_OFFSET = 10;

/**
 * The annotation canvas of one image without its pixels: shapes, tools, view. Make one per task.
 * Positions that come in are CSS px from the top left of the canvas; shapes are in image px.
 */
export class Editor extends EditorCore {
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

  /** Completes a gesture that goes on without a button held. */
  finish(): void {
    this.tools.finish();
    this.changed();
  }

  /** Ends the gesture that is going on without a trace; false when there is none. */
  cancel(): boolean {
    const cancelled = this.tools.cancel();
    this.changed();
    return cancelled;
  }

  /** The press that is held did not count: in a gesture of several, what it did is taken back. */
  losePress(): void {
    this.tools.losePress();
    this.changed();
  }

  /** Takes back the last point of the gesture that is going on; false when there is none. */
  takeBack(): boolean {
    const took = this.tools.takeBack();
    this.changed();
    return took;
  }

  /** Whether no gesture is going on; where one is, a hint says that it has to end first. */
  isAtRest(): boolean {
    if (this.tools.busy) this.hints.emit({ code: 'unfinished' });
    return !this.tools.busy;
  }

  // What the surroundings choose

  /**
   * During a gesture it does nothing: half an outline must not be lost to a stray key. The sticky
   * label gives way to one that may have what the tool draws.
   */
  setTool(tool: ToolName): void {
    if (!this.tools.busy) this.rearm({ tool, label: labelFor(this.state, tool) });
  }

  /** Ends a gesture that is going on, without a trace. */
  setReadOnly(readOnly: boolean): void {
    this.rearm({ readOnly });
  }

  /**
   * Makes `label` the sticky one and gives it to the selection, if there is one. What it is not for
   * stays as it is, with a hint: the whole selection, or the sticky label of the tool in hand.
   */
  setLabel(label: string): void {
    const kind = unfitKind(this.state.kinds, label, kindsInHand(this.state));
    if (kind) {
      this.hints.emit({ code: 'label_kind', label, kind });
      return;
    }
    if (labelFor({ ...this.state, label }, this.state.tool) === label) this.scene.set({ label });
    this.editSelection((state) => commands.relabelled(state, label, this.state));
  }

  /**
   * What the selection says to an attribute; undefined takes it back. The next shapes of the label
   * start with what was chosen here. Changes in a row with the same `mergeKey` are one undo step.
   */
  setAttribute(name: string, value: AttributeValue | undefined, mergeKey?: string): void {
    if (this.state.readOnly || this.tools.busy) return;
    this.scene.set({ usual: usualAfter(this.state, name, value) });
    this.editSelection((state) => commands.attributed(state, name, value), mergeKey);
  }

  /** What is drawn: nothing but pixels, shapes of one label only, with or without tags. */
  show(what: Partial<Pick<EditorSettings, 'hidden' | 'onlyLabel' | 'showTags'>>): void {
    this.scene.set(what);
  }

  /** How the image and the shapes on it are seen. */
  setLook(change: Partial<Look>): void {
    this.scene.set({ look: { ...this.state.look, ...change } });
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
    this.select(this.document.state.shapes.filter(this.scene.isFree).map((shape) => shape.id));
  }

  /** The next shape, or with -1 the one before. False past the end, where the focus moves on. */
  selectNext(step: 1 | -1 = 1): boolean {
    const next = commands.neighbour(this.document.state, step, this.scene.isShown);
    this.select(next === null ? [] : [next]);
    const bounds = next === null ? null : this.scene.boundsOf([next]);
    if (bounds) this.view.reveal(bounds);
    return next !== null;
  }

  /** Makes suggestions part of the answer: these, or all that are shown. */
  accept(ids = this.document.state.shapes.filter(this.scene.isShown).map(({ id }) => id)): void {
    this.edit((state) => acceptedAmong(state, ids));
  }

  /** The selected suggestions, or without any selection all that are shown. */
  acceptSuggestions(): void {
    const { selection } = this.document.state;
    this.accept(selection.length > 0 ? [...selection] : undefined);
  }

  /** Picks the next corner of the one selected outline, or with -1 the one before. */
  selectVertex(step: 1 | -1): void {
    if (this.state.readOnly || this.tools.busy) return;
    const next = vertices.neighbourVertex(this.document.state, this.tools.vertex, step);
    if (!next) return;
    this.tools.pickVertex(next);
    this.view.reveal({ ...next.point, width: 0, height: 0 });
    this.changed();
  }

  /** Of an outline with a picked corner that corner alone. */
  deleteSelection(): void {
    const { vertex } = this.tools;
    if (!vertex) this.editSelection(commands.withoutSelection);
    else if (vertices.isSmallest(this.document.state)) this.hints.emit(vertices.TOO_FEW);
    else this.editSelection((state) => vertices.withoutVertex(state, vertex));
  }

  /** Image px, of the picked corner if there is one; nudges in a row are one undo step. */
  nudge(dx: number, dy: number): void {
    const { vertex } = this.tools;
    const by = { x: dx, y: dy };
    const nudged = (state: DocumentState) =>
      vertex
        ? vertices.vertexMoved(state, vertex, by, this.image)
        : commands.moved(state, by, this.image);
    this.editSelection(nudged, `nudge ${String(vertex?.index)}`);
  }

  /** Moves the right or bottom edge of the selection, image px. */
  stretch(dx: number, dy: number): void {
    this.editSelection(
      (state) => commands.stretched(state, { x: dx, y: dy }, this.image),
      'stretch',
    );
  }

  /** Exact numbers for one rectangle. */
  setRect(id: string, rect: Rect): void {
    if (!this.state.locked.has(id))
      this.edit((state) => commands.placed(state, id, rect, this.image));
  }

  /** Puts the selection above all other shapes, or below them. */
  stack(place: 'front' | 'back'): void {
    this.editSelection((state) => commands.stacked(state, place));
  }

  /** Locks shapes against every change, or frees them; without any it frees all. */
  lock(ids: readonly string[] = this.document.state.selection): void {
    this.scene.set({ locked: toggled(this.state.locked, ids) });
  }

  /** Takes shapes out of sight, or brings them back; without any it brings back all. */
  conceal(ids: readonly string[] = this.document.state.selection): void {
    const concealed = toggled(this.state.concealed, ids);
    this.scene.set({ concealed });
    this.select(this.document.state.selection.filter((id) => !concealed.has(id)));
  }

  /** A new shape in the middle of the view, selected: the way to draw by keys alone. */
  place(): void {
    this.edit((state) => placedInSight(state, this.state, this.createId()));
  }

  copy(): void {
    this.clipboard.shapes = commands.selectedShapes(this.document.settled);
  }

  /** At the same place as copied, also on another image. */
  paste(): void {
    this.add(this.clipboard.shapes, 0);
  }

  /** All that was answered on the image before, at the same places. */
  copyPrevious(): void {
    if (this.clipboard.previous.length > 0) this.add(this.clipboard.previous, 0);
    else this.hints.emit({ code: 'no_previous' });
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

  private add(shapes: readonly Shape[], offset: number): void {
    this.edit((state) => commands.pasted(state, shapes, offset, this.image, this.createId));
  }

  /** Steps through the history, which is of values alone when read-only; shows what came or went. */
  private travel(step: () => { readonly where: Viewport } | null): void {
    if (this.tools.busy) return;
    const before = this.document.state.shapes;
    const taken = step();
    if (!taken || before === this.document.state.shapes) return;
    this.view.lookAgain(taken.where);
    const bounds = boundsOfAll(commands.difference(before, this.document.state.shapes));
    if (bounds) this.view.reveal(bounds);
  }
}
