import type { Shape } from '../document/shapes';
import type { DocumentStore } from '../document/store';
import { screenPoint } from '../geometry/points';
import type { ScreenPoint } from '../geometry/points';
import type { Rect } from '../geometry/rect';
import type { Viewport } from '../geometry/viewport';
import type { LayerPick, Scene } from '../scene';
import { selectedOutline } from '../vertices';
import type { Vertex } from '../vertices';
import type { View } from '../view';
import { createState } from './states';
import type { Entries, Hint, PointerInput, StatePath, ToolHost, ToolState } from './tool';

/** The editor around the tools. */
export interface Stage {
  readonly document: DocumentStore;
  readonly view: View;
  readonly scene: Scene;
  readonly createId: () => string;
  readonly hint: (hint: Hint) => void;
  readonly pick: (pick: LayerPick) => void;
}

/** A pointer event, positions in CSS px from the top left of the canvas. */
export interface RawPointer {
  readonly x: number;
  readonly y: number;
  readonly button?: number | undefined;
  /** A finger rather than a mouse or a pen. */
  readonly coarse?: boolean | undefined;
  readonly shiftKey?: boolean | undefined;
  readonly altKey?: boolean | undefined;
  readonly ctrlKey?: boolean | undefined;
  readonly metaKey?: boolean | undefined;
}

export type Modifiers = Pick<RawPointer, 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>;

const GESTURES: readonly StatePath[] = [
  'box.drawing',
  'box.corners',
  'box.extremes',
  'polygon.drawing',
  'freehand.drawing',
  'select.moving',
  'select.resizing',
  'select.vertex',
  'pan.dragging',
];

/** Runs one state at a time and lets panning interrupt any of them. */
export class ToolMachine implements ToolHost {
  lastClick: ScreenPoint | null = null;
  coarse = false;
  private readonly stage: Stage;
  private state: ToolState;
  private raw: RawPointer | null = null;
  private pickedVertex: Vertex | null = null;
  private panHeld = false;
  private pannedWhileHeld = false;
  /** The state below `pan.dragging`, and the button that panning lasts for; null while Space does. */
  private interruption: { button: number | null; resume: ToolState } | null = null;

  constructor(stage: Stage) {
    this.stage = stage;
    this.state = this.idle();
  }

  get document() {
    return this.stage.document;
  }

  get viewport() {
    return this.stage.view.viewport;
  }

  get label() {
    return this.stage.scene.settings.label;
  }

  get said() {
    const { usual, label } = this.stage.scene.settings;
    return usual.get(label) ?? {};
  }

  get readOnly() {
    return this.stage.scene.settings.readOnly;
  }

  get drawing() {
    return this.stage.scene.settings.drawing;
  }

  /** The corner that was picked, as long as its outline is the one selected. */
  get vertex(): Vertex | null {
    const { pickedVertex: picked } = this;
    const outline = picked && selectedOutline(this.document.state);
    const holds = outline?.id === picked?.id && picked && outline?.points[picked.index];
    if (!holds) this.pickedVertex = null;
    return this.pickedVertex;
  }

  get path(): StatePath {
    return this.state.path;
  }

  /** A gesture is going on. */
  get busy(): boolean {
    return GESTURES.includes(this.state.path);
  }

  /** What a snapshot of the editor tells of the tools. */
  seen() {
    const { pointer, coarse, path, cursor, busy, hover, vertex } = this;
    return { pointer, coarse, path, cursor, busy, hover, vertex: vertex?.index ?? null };
  }

  get pointer(): ScreenPoint | null {
    return this.raw && screenPoint(this.raw.x, this.raw.y);
  }

  /** The shape that a click would select. */
  get hover(): string | null {
    if (this.busy || !this.pointer) return null;
    return this.shapesAt(this.pointer)[0]?.id ?? null;
  }

  get cursor(): string {
    if (this.panHeld && !this.busy) return 'grab';
    return this.pointer ? this.state.cursor(this.pointer) : 'default';
  }

  pointerDown(raw: RawPointer): void {
    const press = this.read(raw);
    if (press.button === 1 || (this.panHeld && !this.busy)) this.interrupt(press.button);
    else if (press.button === 0) this.state.pointerDown(press);
  }

  pointerMove(raw: RawPointer): void {
    this.state.pointerMove(this.read(raw));
    if (this.panHeld && this.path === 'pan.dragging') this.pannedWhileHeld = true;
  }

  pointerUp(raw: RawPointer): void {
    this.state.pointerUp(this.read(raw));
  }

  pointerLeave(): void {
    if (!this.busy) this.raw = null;
  }

  /** Space goes down or up. Going up it tells whether the image was panned meanwhile. */
  setPanHeld(held: boolean): boolean {
    if (held === this.panHeld) return false;
    this.panHeld = held;
    if (held && this.busy && this.path !== 'pan.dragging') this.interrupt(null);
    if (held) this.pannedWhileHeld = false;
    else if (this.interruption?.button === null) this.resume(this.interruption.resume);
    return !held && this.pannedWhileHeld;
  }

  cancel(): boolean {
    return this.state.cancel();
  }

  finish(): void {
    this.state.finish?.();
  }

  /** The press that is held did not count. A gesture of several presses goes on without it. */
  losePress(): void {
    this.state.losePress?.();
  }

  /** Takes back the last point of what is being drawn; false where no gesture is going on. */
  takeBack(): boolean {
    if (!this.state.takeBack) return this.cancel();
    this.state.takeBack();
    return true;
  }

  /** The view or the modifiers changed under a resting pointer. */
  refresh(modifiers: Modifiers = {}): void {
    if (!this.raw) return;
    this.raw = { ...this.raw, ...modifiers };
    if (this.path !== 'pan.dragging') this.state.pointerMove(this.read(this.raw));
  }

  shapesAt(point: ScreenPoint) {
    return this.stage.scene.shapesAt(point);
  }

  shapesIn(area: Rect) {
    return this.stage.scene.shapesIn(area);
  }

  isFree(shape: Shape) {
    return this.stage.scene.isFree(shape);
  }

  tagAt(point: ScreenPoint) {
    return this.stage.scene.tagAt(point);
  }

  pickVertex(vertex: Vertex): void {
    this.pickedVertex = vertex;
  }

  clicked(point: ScreenPoint): void {
    const pick = this.stage.scene.layerShapeAt(point);
    if (pick) this.stage.pick(pick);
  }

  createId(): string {
    return this.stage.createId();
  }

  hint(hint: Hint): void {
    this.stage.hint(hint);
  }

  look(viewport: Viewport): void {
    this.stage.view.look(viewport);
  }

  enter<Path extends StatePath>(path: Path, entry: Entries[Path]): void {
    if (path !== 'pan.dragging') this.interruption = null;
    this.state = createState(path, this, entry);
  }

  resume(state: ToolState): void {
    this.interruption = null;
    this.state = state;
  }

  rest(): void {
    this.interruption = null;
    this.state = this.idle();
  }

  private interrupt(button: number | null): void {
    if (this.path === 'pan.dragging' || !this.pointer) return;
    const resume = this.state;
    this.interruption = { button, resume };
    this.enter('pan.dragging', { from: this.pointer, button, clicks: false, resume });
  }

  private idle(): ToolState {
    const { tool, readOnly } = this.stage.scene.settings;
    if (tool === 'pan') return createState('pan.idle', this, {});
    if (tool === 'select' || readOnly) return createState('select.idle', this, {});
    return createState(`${tool}.idle`, this, { fresh: null });
  }

  private read(raw: RawPointer): PointerInput {
    this.raw = raw;
    this.coarse = raw.coarse ?? false;
    const screen = screenPoint(raw.x, raw.y);
    return {
      screen,
      image: this.viewport.toImage(screen),
      button: raw.button ?? 0,
      coarse: raw.coarse ?? false,
      shift: raw.shiftKey ?? false,
      alt: raw.altKey ?? false,
      ctrl: (raw.ctrlKey ?? false) || (raw.metaKey ?? false),
    };
  }
}
