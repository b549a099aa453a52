import type { Shape } from './document/shapes';
import { shapeArea } from './document/shapes';
import { styleOf } from './document/labels';
import type { LabelStyle } from './document/labels';
import { captionOf } from './document/suggestions';
import type { SpatialIndex } from './document/spatial';
import { EDGE_REACH, edgeAt } from './geometry/handles';
import type { Handle } from './geometry/handles';
import type { ScreenPoint } from './geometry/points';
import { outlineDistance, polygonContains } from './geometry/polygon';
import { contains, intersects } from './geometry/rect';
import type { Rect } from './geometry/rect';
import { tagBox, tagHeight, tagReach, tagSuits, tagText } from './geometry/tag';
import type { Viewport } from './geometry/viewport';

export interface HitScene {
  readonly viewport: Viewport;
  readonly selection: readonly string[];
  /** Tags are shown on all shapes that they suit, not only on what is pointed at. */
  readonly tagsAll: boolean;
  /** Of the tags, CSS px. */
  readonly fontSize: number;
  readonly labels: ReadonlyMap<string, LabelStyle>;
  readonly index: SpatialIndex;
  readonly isFree: (shape: Shape) => boolean;
}

/**
 * The shapes that a click at `point` could mean, the likeliest first: one whose tag is there, then
 * the smallest; of equals the topmost.
 */
export function shapesAt(scene: HitScene, point: ScreenPoint): Shape[] {
  const found = scene.index.search(searchArea(scene, point)).filter(scene.isFree);
  const tagged = found.filter((shape) => tagContains(scene, shape, point)).reverse();
  const touched = found.filter(
    (shape) => !tagged.includes(shape) && touches(scene.viewport, shape, point),
  );
  return [...tagged, ...touched.reverse().sort((a, b) => shapeArea(a) - shapeArea(b))];
}

/** The topmost shape whose tag is at `point`. */
export function tagAt(scene: HitScene, point: ScreenPoint): Shape | null {
  const found = scene.index.search(searchArea(scene, point)).filter(scene.isFree);
  return found.findLast((shape) => tagContains(scene, shape, point)) ?? null;
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

/**
 * What the tag of a shape at `box` says: its caption, or where that would hide more than it says the
 * short text of its label; null for no tag. One that is selected or pointed at says its caption.
 */
export function shownTag(
  viewport: Viewport,
  box: Rect,
  [caption, short]: readonly [caption: string, short: string],
  important: boolean,
  fontSize: number,
): string | null {
  if (caption === '' || !intersects(box, { x: 0, y: 0, ...viewport.view })) return null;
  if (important || tagSuits(box, caption, fontSize)) return caption;
  return short !== '' && tagSuits(box, short, fontSize) ? short : null;
}

function tagContains(scene: HitScene, shape: Shape, point: ScreenPoint): boolean {
  if (!scene.tagsAll) return false;
  const box = scene.viewport.rectToScreen(shape.rect);
  const texts = [tagText(captionOf(shape)), styleOf(scene.labels, shape).short] as const;
  const important = scene.selection.includes(shape.id);
  const { viewport, fontSize } = scene;
  const text = shownTag(viewport, box, texts, important, fontSize);
  return text !== null && contains(tagBox(box, text, fontSize), point);
}

/** Image area in which a shape must lie for itself or its tag to be under `point`. */
function searchArea({ viewport, fontSize }: HitScene, point: ScreenPoint): Rect {
  const { zoom } = viewport;
  const [reach, height] = [tagReach(fontSize), tagHeight(fontSize)];
  const { x, y } = viewport.toImage(point);
  return {
    x: x - reach / zoom,
    y: y - height / zoom,
    width: (reach + EDGE_REACH) / zoom,
    height: (2 * height) / zoom,
  };
}
