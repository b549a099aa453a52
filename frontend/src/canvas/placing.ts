import { withSaid } from './document/attributes';
import { polygonShape, rectShape } from './document/shapes';
import type { Shape } from './document/shapes';
import type { DocumentState } from './document/store';
import { kindOf } from './drawing';
import { unfitKind } from './fitting';
import { imagePoint } from './geometry/points';
import { clampRect, cornersOf } from './geometry/rect';
import type { Rect } from './geometry/rect';
import type { Viewport } from './geometry/viewport';
import type { EditorState } from './state';
import { MIN_SIDE } from './tools/tool';

type Settings = Pick<EditorState, 'tool' | 'label' | 'kinds' | 'usual' | 'drawing' | 'viewport'>;

/** How much of what is in sight a placed shape fills, of each side. */
const SHARE = 1 / 4;

/**
 * Adds a shape of the kind that the tool in hand draws to the middle of what is in sight, and selects
 * it: keys then move it and its edges or corners. For whoever cannot point.
 */
export function placedInSight(state: DocumentState, settings: Settings, id: string): DocumentState {
  const bare = shapeOf(settings, middleOf(settings.viewport), id);
  const shape = withSaid(bare, settings.usual.get(settings.label) ?? {});
  return { ...state, shapes: [...state.shapes, shape], selection: [id] };
}

/** In whole image px, where the image has room for that. */
function middleOf(viewport: Viewport): Rect {
  const { x, y, width, height } = clampRect(viewport.visible(), viewport.image);
  const side = (whole: number) => Math.max(Math.round(whole * SHARE), MIN_SIDE);
  const [across, down] = [side(width), side(height)];
  const left = Math.round(x + (width - across) / 2);
  const top = Math.round(y + (height - down) / 2);
  return clampRect({ x: left, y: top, width: across, height: down }, viewport.image);
}

function shapeOf({ tool, label, kinds, drawing }: Settings, rect: Rect, id: string): Shape {
  const wanted = kindOf(tool) ?? 'rect';
  const allowed = drawing.shapes.filter((each) => unfitKind(kinds, label, [each]) === null);
  const kind = allowed.includes(wanted) ? wanted : (allowed[0] ?? drawing.shapes[0] ?? 'rect');
  if (kind === 'rect') return rectShape(id, label, rect);
  return polygonShape(
    id,
    label,
    cornersOf(rect).map(({ x, y }) => imagePoint(x, y)),
    kind,
  );
}
