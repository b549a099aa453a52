import type { Attribute, Said } from './document/attributes';
import type { LabelStyle } from './document/labels';
import type { Layer } from './document/layers';
import type { Shape } from './document/shapes';
import type { Cause, Values } from './document/store';
import type { ScreenPoint } from './geometry/points';
import type { Viewport } from './geometry/viewport';
import type { Drawing } from './drawing';
import type { KindsByLabel } from './fitting';
import type { Look } from './look';
import type { StatePath, ToolName } from './tools/tool';

/** What the surroundings of the canvas choose. */
export interface EditorSettings {
  /** The sticky label: the next shape gets it. */
  readonly label: string;
  readonly tool: ToolName;
  readonly readOnly: boolean;
  /** All shapes are hidden, to see the pixels. */
  readonly hidden: boolean;
  /** Only shapes of this label are shown. */
  readonly onlyLabel: string | null;
  readonly showTags: boolean;
  /** Ids of shapes that nothing takes hold of, and of those that are not drawn; neither is saved. */
  readonly locked: ReadonlySet<string>;
  readonly concealed: ReadonlySet<string>;
  /** Suggestions whose score is below it are hidden. */
  readonly threshold: number;
  /** The shapes are what is asked about: all around them is dimmed, and they carry their tags. */
  readonly spotlight: boolean;
  readonly labels: ReadonlyMap<string, LabelStyle>;
  readonly kinds: KindsByLabel;
  /** By label: what is asked of its shapes, and what a new one says from the start. */
  readonly asked: ReadonlyMap<string, readonly Attribute[]>;
  readonly usual: ReadonlyMap<string, Said>;
  readonly layers: readonly Layer[];
  readonly drawing: Drawing;
  readonly look: Look;
}

/** A snapshot; parts that did not change are the same objects as in the one before. */
export interface EditorState extends EditorSettings {
  /** In document order, an unfinished gesture included. */
  readonly shapes: readonly Shape[];
  /** The finished shapes without what is only suggested: the answer as it would be saved now. */
  readonly settled: readonly Shape[];
  readonly selection: readonly string[];
  /** What is said beside the shapes, by name. */
  readonly values: Values;
  /** Grows with every finished change of shapes and values: save when it does. 0 after loading. */
  readonly revision: number;
  /** What made this revision. */
  readonly cause: Cause;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly viewport: Viewport;
  readonly pointer: ScreenPoint | null;
  /** Whether a finger was used last; handles are larger then. */
  readonly coarse: boolean;
  /** The shape that a click would select. */
  readonly hover: string | null;
  /** Index of the picked corner of the one selected outline. */
  readonly vertex: number | null;
  readonly cursor: string;
  /** The state of the tool in hand, `box.idle` for instance. */
  readonly path: StatePath;
  /** A gesture is going on: keys other than those of the gesture and the view do nothing. */
  readonly busy: boolean;
}
