import type { Drawing } from '../drawing';
import type { Shape } from '../document/shapes';
import type { DocumentStore } from '../document/store';
import type { Handle } from '../geometry/handles';
import type { ImagePoint, ScreenPoint } from '../geometry/points';
import type { Viewport } from '../geometry/viewport';

export type ToolName = 'box' | 'select' | 'pan';

/** A pointer that moved less than this between press and release clicked, CSS px. */
export const CLICK_SLOP = 3;

/** Smallest side of a rectangle, image px. */
export const MIN_SIDE = 2;

export interface PointerInput {
  readonly screen: ScreenPoint;
  readonly image: ImagePoint;
  /** 0 the main button, 1 the middle one, as in the DOM. */
  readonly button: number;
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, on a Mac also Cmd. */
  readonly ctrl: boolean;
}

/** Something did not happen, and the person should be told why. */
export interface Hint {
  readonly code: 'too_small';
  /** Image px. */
  readonly minimum: number;
}

/** All states by name, with what each needs to know when it is entered. */
export interface Entries {
  /** A box just drawn is selected, yet a drag inside of it draws the next one: it was not picked. */
  'box.idle': { readonly fresh: string | null };
  'box.drawing': { readonly press: PointerInput; readonly fresh: string | null };
  'box.corners': { readonly press: PointerInput; readonly fresh: string | null };
  'box.extremes': { readonly press: PointerInput; readonly fresh: string | null };
  'select.idle': Record<never, never>;
  'select.moving': { readonly press: PointerInput };
  'select.resizing': {
    readonly press: PointerInput;
    readonly shape: Shape;
    readonly handle: Handle;
  };
  'pan.idle': Record<never, never>;
  'pan.dragging': {
    readonly from: ScreenPoint;
    /** The button that holds the image; null while Space does. */
    readonly button: number | null;
    /** A press without a drag selects. */
    readonly clicks: boolean;
    /** The state that panning interrupted and gives back to. */
    readonly resume: ToolState | null;
  };
}

export type StatePath = keyof Entries;

/**
 * One named state of a tool. A gesture is entered by a press and ends in exactly one of `complete`
 * (one undo step) or `cancel` (no trace).
 */
export interface ToolState {
  readonly path: StatePath;
  /** CSS cursor for a pointer at `at`. */
  cursor(at: ScreenPoint): string;
  pointerDown(input: PointerInput): void;
  pointerMove(input: PointerInput): void;
  pointerUp(input: PointerInput): void;
  /** Ends the gesture; false where there is none. */
  cancel(): boolean;
  /** Takes back the last point of several; without it, or with the last one, that cancels. */
  takeBack?(): void;
}

/** What states may see and do. */
export interface ToolHost {
  readonly document: DocumentStore;
  readonly viewport: Viewport;
  readonly label: string;
  readonly readOnly: boolean;
  readonly drawing: Drawing;
  /** Where the last click was, so that a repeated one can reach the next shape below. */
  lastClick: ScreenPoint | null;
  shapesAt(point: ScreenPoint): readonly Shape[];
  /** A click happened here; read-only layers may answer it. */
  clicked(point: ScreenPoint): void;
  createId(): string;
  hint(hint: Hint): void;
  look(viewport: Viewport): void;
  enter<Path extends StatePath>(path: Path, entry: Entries[Path]): void;
  /** Goes back to a state that panning interrupted. */
  resume(state: ToolState): void;
  /** Goes to the idle state of the tool in hand. */
  rest(): void;
}
