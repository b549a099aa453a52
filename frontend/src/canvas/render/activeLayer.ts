import { selectedShapes } from '../commands';
import { styleOf } from '../document/labels';
import { extremesOf } from '../document/extremes';
import type { Shape } from '../document/shapes';
import { handlePosition, handlesShown, handleSize } from '../geometry/handles';
import type { ImagePoint, Point, ScreenPoint } from '../geometry/points';
import { tagFont, tagHeight } from '../geometry/tag';
import type { EditorState } from '../state';
import { paintTag } from './shapesLayer';
import { fillShape, strokeHalos, strokeShapes } from './strokes';
import { SUGGESTED_DASH } from './suggested';
import type { Surface } from './surface';
import type { TagStamps } from './tags';

const FILL_ALPHA = 0.15;
/** Letters of the size beside a box, CSS px. */
const SIZE_FONT = 12;
const SIZE_HEIGHT = tagHeight(SIZE_FONT);
const DARK = 'rgba(0, 0, 0, 0.75)';
const LIGHT = '#fff';
/** A grip that stands out is larger by so much, CSS px. */
const MARKED_MORE = 4;
const MEASURED: readonly string[] = [
  'box.drawing',
  'box.corners',
  'box.extremes',
  'select.resizing',
];

/** What the hand is at: the shape pointed at, the selection with its handles, the crosshair. */
export function paintActive(surface: Surface, stamps: TagStamps, state: EditorState): void {
  if (!state.hidden) {
    const selected = selectedShapes(state);
    const hovered = state.shapes.filter(({ id }) => id === state.hover);
    for (const shape of hovered) paintHovered(surface, stamps, state, shape);
    for (const shape of selected) paintSelected(surface, stamps, state, shape);
    if (selected.length === 1 && selected[0]) paintGrips(surface, state, selected[0]);
  }
  if (isGuided(state) && state.pointer) paintCrosshair(surface, state, state.pointer);
}

/** Whether there is anything on the active layer. */
export function isActive(state: EditorState): boolean {
  const touched = !state.hidden && (state.hover !== null || state.selection.length > 0);
  return touched || (isGuided(state) && state.pointer !== null);
}

function isGuided({ look, cursor }: EditorState): boolean {
  return look.crosshair && cursor === 'crosshair';
}

function paintHovered(surface: Surface, stamps: TagStamps, state: EditorState, shape: Shape): void {
  paintFill(surface, state, shape);
  if (state.showTags) paintTag(surface, stamps, state, shape, styleOf(state.labels, shape).colour);
}

function paintFill(surface: Surface, { viewport, labels, look }: EditorState, shape: Shape): void {
  surface.context.fillStyle = styleOf(labels, shape).colour;
  surface.context.globalAlpha = Math.max(FILL_ALPHA, look.fill);
  fillShape(surface, viewport, shape);
  surface.context.globalAlpha = 1;
}

function paintSelected(
  surface: Surface,
  stamps: TagStamps,
  state: EditorState,
  shape: Shape,
): void {
  const { viewport, labels, showTags, drawing } = state;
  const { strokeWidth: width } = drawing;
  const { colour, dash } = styleOf(labels, shape);
  paintFill(surface, state, shape);
  strokeHalos(surface, viewport, [shape], width);
  const drawn = shape.suggested ? SUGGESTED_DASH : dash;
  strokeShapes(surface, viewport, [shape], () => ({ colour, dash: drawn, width }));
  if (showTags) paintTag(surface, stamps, state, shape, colour);
}

function paintGrips(surface: Surface, state: EditorState, shape: Shape): void {
  if (state.readOnly || state.locked.has(shape.id)) return;
  const size = handleSize(state.coarse);
  if (shape.type !== 'rect') {
    paintCorners(surface, state, shape.points, size);
    return;
  }
  for (const at of gripsOf(surface, state, shape)) paintGrip(surface, at, size);
  if (MEASURED.includes(state.path)) paintSize(surface, state, shape);
}

/** The handles of a box; while it is drawn by its extreme points, those. */
function gripsOf(surface: Surface, { path, viewport, coarse }: EditorState, shape: Shape): Point[] {
  if (path === 'box.extremes') return extremesOf(shape).map((at) => viewport.toScreen(at));
  const box = surface.snapped(viewport.rectToScreen(shape.rect));
  return handlesShown(box, handleSize(coarse)).map((handle) => handlePosition(box, handle));
}

/** While an outline is drawn its first corner, which closes it, is larger, and the next one bare. */
function paintCorners(
  surface: Surface,
  state: EditorState,
  points: readonly ImagePoint[],
  size: number,
): void {
  if (state.path === 'freehand.drawing') return;
  const drawn = state.path === 'polygon.drawing';
  points.forEach((point, index) => {
    if (drawn && index > 0 && index === points.length - 1) return;
    const marked = drawn ? index === 0 : index === state.vertex;
    paintGrip(surface, state.viewport.toScreen(point), size, marked);
  });
}

/** A marked one is larger and dark inside. */
function paintGrip({ context }: Surface, at: Point, size: number, marked = false): void {
  const side = marked ? size + MARKED_MORE : size;
  const square = (colour: string, width: number) => {
    context.fillStyle = colour;
    context.fillRect(at.x - width / 2, at.y - width / 2, width, width);
  };
  square(DARK, side + 2);
  square(LIGHT, side);
  if (marked) square(DARK, side - 6);
}

/** Width and height in image pixels, below the bottom right corner. */
function paintSize({ context }: Surface, { viewport }: EditorState, { rect }: Shape): void {
  const box = viewport.rectToScreen(rect);
  const text = `${String(Math.round(rect.width))} × ${String(Math.round(rect.height))}`;
  context.font = tagFont(SIZE_FONT);
  const width = context.measureText(text).width + 10;
  const x = Math.min(box.x + box.width, viewport.view.width) - width;
  const y = Math.min(box.y + box.height + 8, viewport.view.height - SIZE_HEIGHT);
  context.fillStyle = DARK;
  context.fillRect(x, y, width, SIZE_HEIGHT);
  context.fillStyle = LIGHT;
  context.textBaseline = 'middle';
  context.fillText(text, x + 5, y + SIZE_HEIGHT / 2 + 0.5);
}

/** Guides over the whole view, dark and light at once to show on any image. */
function paintCrosshair(surface: Surface, { viewport }: EditorState, at: ScreenPoint): void {
  const { context } = surface;
  const { width, height } = viewport.view;
  const x = surface.snap(at.x);
  const y = surface.snap(at.y);
  context.fillStyle = DARK;
  context.fillRect(x - 1, 0, 1, height);
  context.fillRect(0, y - 1, width, 1);
  context.fillStyle = 'rgba(255, 255, 255, 0.8)';
  context.fillRect(x, 0, 1, height);
  context.fillRect(0, y, width, 1);
}
