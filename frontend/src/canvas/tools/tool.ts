import type { Said } from '../document/attributes';
import type { PolygonShape, Shape } from '../document/shapes';
import type { DocumentStore } from '../document/store';
import type { Drawing, Kind } from '../drawing';
import type { Handle } from '../geometry/handles';
import type { ImagePoint, ScreenPoint } from '../geometry/points';
import type { Rect } from '../geometry/rect';
import type { Viewport } from '../geometry/viewport';
import type { Vertex } from '../vertices';

export type ToolName = 'box' | 'polygon' | 'freehand' | 'select' | 'pan';

/** A pointer that moved less than this between press and release clicked, CSS px. */
export const CLICK_SLOP = 3;

/** Smallest side of a rectangle, image px. */
export const MIN_SIDE = 2;

/** A line drawn by hand gets a new point after so far, CSS px. */
export const TRAIL_STEP = 2;

/** No point of it lies further away from what it is simplified to, CSS px. */
export const SIMPLIFY = 1;

export interface PointerInput {
  readonly screen: ScreenPoint;
  readonly image: ImagePoint;
  /** 0 the main button, 1 the middle one, as in the DOM. */
  readonly button: number;
  /** A finger rather than a mouse or a pen. */
  readonly coarse: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, on a Mac also Cmd. */
  readonly ctrl: boolean;
}

/** Fewest corners of an outline. */
export const MIN_POINTS = 3;

/** Something did not happen, or only in part, and the person should be told why. */
export type Hint =
  /** Of a side, image px. */
  | { readonly code: 'too_small'; readonly minimum: number }
  /** Corners of an outline. */
  | { readonly code: 'too_few'; readonly minimum: number }
  /** An outline crosses itself: kept all the same, or not. */
  | { readonly code: 'crossing' | 'crossing_refused' }
  /** Something has to wait until a gesture is over. */
  | { readonly code: 'unfinished' }
  /** A label is not for shapes of that kind. */
  | { readonly code: 'label_kind'; readonly label: string; readonly kind: Kind }
  /** There is nothing to copy from the image before. */
  | { readonly code: 'no_previous' };

/** What a press on the selected outline takes hold of. */
export interface VertexGrip {
  readonly shape: PolygonShape;
  /** Corners of the outline; with the new one, when an edge was taken hold of. */
  readonly points: readonly ImagePoint[];
  readonly index: number;
  readonly inserts: boolean;
}

/** A shape just drawn is selected, yet a drag inside of it draws the next one: it was not picked. */
export interface DrawnLast {
  readonly fresh: string | null;
}

export interface DrawPress extends DrawnLast {
  readonly press: PointerInput;
  /** The part of a shape just drawn that lies there. */
  readonly grip: VertexGrip | null;
}

/** All states by name, with what each needs to know when it is entered. */
export interface Entries {
  'box.idle': DrawnLast;
  'box.drawing': DrawPress;
  'box.corners': DrawPress;
  'box.extremes': DrawPress;
  'polygon.idle': DrawnLast;
  'polygon.drawing': DrawPress;
  'freehand.idle': DrawnLast;
  'freehand.drawing': DrawPress;
  'select.idle': Record<never, never>;
  'select.moving': { readonly press: PointerInput };
  'select.resizing': {
    readonly press: PointerInput;
    readonly shape: Shape;
    readonly handle: Handle;
  };
  'select.vertex': { readonly press: PointerInput; readonly grip: VertexGrip };
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
  /** Completes a gesture that a release of the pointer does not end. */
  finish?(): void;
  /** Takes back the last point of several; without it, or with the last one, that cancels. */
  takeBack?(): void;
  /** In a gesture of several presses: forgets what the one that is held did. */
  losePress?(): void;
}

/** What states may see and do. */
export interface ToolHost {
  readonly document: DocumentStore;
  readonly viewport: Viewport;
  readonly label: string;
  /** What a new shape of that label says. */
  readonly said: Said;
  readonly readOnly: boolean;
  /** Whether a finger was used last. */
  readonly coarse: boolean;
  readonly drawing: Drawing;
  /** Where the last click was, so that a repeated one can reach the next shape below. */
  lastClick: ScreenPoint | null;
  shapesAt(point: ScreenPoint): readonly Shape[];
  /** The shown shapes whose bounds touch a part of the image. */
  shapesIn(area: Rect): readonly Shape[];
  /** Whether a shape can be taken hold of. */
  isFree(shape: Shape): boolean;
  /** The shape whose tag is there. */
  tagAt(point: ScreenPoint): Shape | null;
  /** A click happened here; read-only layers may answer it. */
  clicked(point: ScreenPoint): void;
  /** The corner that arrows and Delete are about from now on. */
  pickVertex(vertex: Vertex): void;
  createId(): string;
  hint(hint: Hint): void;
  look(viewport: Viewport): void;
  enter<Path extends StatePath>(path: Path, entry: Entries[Path]): void;
  /** Goes back to a state that panning interrupted. */
  resume(state: ToolState): void;
  /** Goes to the idle state of the tool in hand. */
  rest(): void;
}
