import type { Shape } from './document/shapes';
import type { ToolName } from './tools/tool';

/** How a dataset wants its shapes drawn; the server's setting `drawing` with the names of this side. */
export interface Drawing {
  /** The kinds of shapes that may be drawn; at least one. */
  readonly shapes: readonly Kind[];
  /** A box by one drag, by two clicks on opposite corners, or by clicks on its four extreme points. */
  readonly boxBy: 'drag' | 'corners' | 'extremes';
  /** The first point of a box is its centre, as with Alt held. */
  readonly fromCentre: boolean;
  /** What happens to an outline that crosses itself. */
  readonly crossing: 'allow' | 'warn' | 'refuse';
  /** CSS px, 1 to 6. */
  readonly strokeWidth: number;
  /** Of the tags on shapes, CSS px, 10 to 24. */
  readonly fontSize: number;
  /** How much the image is darkened for the shapes to stand out: 0 not at all, 0.8 the most. */
  readonly darken: number;
}

export const DRAWING: Drawing = {
  shapes: ['rect', 'polygon', 'freehand'],
  boxBy: 'drag',
  fromCentre: false,
  crossing: 'warn',
  strokeWidth: 2,
  fontSize: 12,
  darken: 0,
};

/** A kind of shape. */
export type Kind = Shape['type'];

const TOOLS = { rect: 'box', polygon: 'polygon', freehand: 'freehand' } as const;

/** The tools that draw what may be drawn, the one to start with first. */
export function drawingTools({ shapes }: Drawing) {
  return shapes.map((kind) => TOOLS[kind]);
}

/** The kind of shape that a tool draws; null for one that draws none. */
export function kindOf(tool: ToolName): Kind | null {
  if (tool === 'polygon' || tool === 'freehand') return tool;
  return tool === 'box' ? 'rect' : null;
}
