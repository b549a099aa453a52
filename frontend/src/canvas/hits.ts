import type { Shape } from './document/shapes';
import { shapeArea } from './document/shapes';
import type { SpatialIndex } from './document/spatial';
import { EDGE_REACH, edgeAt } from './geometry/handles';
import type { Handle } from './geometry/handles';
import type { ScreenPoint } from './geometry/points';
import { outlineDistance, polygonContains } from './geometry/polygon';
import { contains, intersects } from './geometry/rect';
import type { Rect } from './geometry/rect';
import { TAG_HEIGHT, TAG_MIN_BOX, TAG_REACH, tagBox, tagText } from './geometry/tag';
import type { Viewport } from './geometry/viewport';

export interface HitScene {
  readonly viewport: Viewport;
  readonly selection: readonly string[];
  readonly showTags: boolean;
  readonly index: SpatialIndex;
  readonly isShown: (shape: Shape) => boolean;
}

/**
 * The shapes that a click at `point` could mean, the likeliest first: one whose tag is there, then
 * the smallest; of equals the topmost.
 */
export function shapesAt(scene: HitScene, point: ScreenPoint): Shape[] {
  const found = scene.index.search(searchArea(scene.viewport, point)).filter(scene.isShown);
  const tagged = found.filter((shape) => tagContains(scene, shape, point)).reverse();
  const touched = found.filter(
    (shape) => !tagged.includes(shape) && touches(scene.viewport, shape, point),
  );
  return [...tagged, ...touched.reverse().sort((a, b) => shapeArea(a) - shapeArea(b))];
}

/** The edge of a rectangle that a press at `point` takes hold of. */
export function shapeEdgeAt(viewport: Viewport, shape: Shape, point: ScreenPoint): Handle | null {
  return shape.type === 'rect' ? edgeAt(viewport.rectToScreen(shape.rect), point) : null;
}

export function touches(viewport: Viewport, shape: Shape, point: ScreenPoint): boolean {
  const at = viewport.toImage(point);
  if (shape.type !== 'rect') {
    const reach = EDGE_REACH / viewport.zoom;
    return polygonContains(shape.points, at) || outlineDistance(shape.points, at) <= reach;
  }
  return contains(shape.rect, at) || shapeEdgeAt(viewport, shape, point) !== null;
}

/** Whether a shape in sight is large enough on the screen, or important enough, to carry its tag. */
export function carriesTag(viewport: Viewport, box: Rect, important: boolean): boolean {
  const inSight = intersects(box, { x: 0, y: 0, ...viewport.view });
  return inSight && (important || box.width >= TAG_MIN_BOX);
}

function tagContains(scene: HitScene, shape: Shape, point: ScreenPoint): boolean {
  if (!scene.showTags) return false;
  const box = scene.viewport.rectToScreen(shape.rect);
  if (!carriesTag(scene.viewport, box, scene.selection.includes(shape.id))) return false;
  return contains(tagBox(box, tagText(shape.label)), point);
}

/** Image area in which a shape must lie for itself or its tag to be under `point`. */
function searchArea(viewport: Viewport, point: ScreenPoint): Rect {
  const { zoom } = viewport;
  const { x, y } = viewport.toImage(point);
  return {
    x: x - TAG_REACH / zoom,
    y: y - TAG_HEIGHT / zoom,
    width: (TAG_REACH + EDGE_REACH) / zoom,
    height: (2 * TAG_HEIGHT) / zoom,
  };
}
