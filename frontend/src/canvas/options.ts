import type { Said } from './document/attributes';
import type { Label } from './document/labels';
import type { Shape } from './document/shapes';
import type { Span } from './document/spans';
import type { Values } from './document/store';
import type { SuggestedSpan } from './document/suggestions';
import type { Drawing } from './drawing';
import type { Look } from './look';
import type { Size } from './geometry/points';
import type { ToolName } from './tools/tool';

/** Shapes to paste; share one among editors to paste on the next image. */
export interface Clipboard {
  shapes: readonly Shape[];
  /** What was answered on the image before this one. */
  previous: readonly Shape[];
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
  /** What new shapes say, by label, where it is no longer the defaults. */
  readonly usual?: ReadonlyMap<string, Said> | undefined;
  /** By default the one that draws the first kind of shape. */
  readonly tool?: ToolName | undefined;
  readonly readOnly?: boolean | undefined;
  readonly spotlight?: boolean | undefined;
  readonly drawing?: Drawing | undefined;
  readonly look?: Look | undefined;
  readonly showTags?: boolean | undefined;
  readonly clipboard?: Clipboard | undefined;
  readonly createId?: (() => string) | undefined;
}
