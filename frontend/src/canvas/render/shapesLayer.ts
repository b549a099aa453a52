import { styleOf } from '../document/labels';
import type { Layer } from '../document/layers';
import type { Shape } from '../document/shapes';
import { answerAmong, captionOf } from '../document/suggestions';
import { intersects } from '../geometry/rect';
import type { Rect } from '../geometry/rect';
import { tagBox, tagText } from '../geometry/tag';
import { shownTag } from '../hits';
import type { EditorState } from '../state';
import { paintSpotlight } from './spotlight';
import { fillShape, strokeHalos, strokeShapes } from './strokes';
import type { Stroke } from './strokes';
import { paintSuggested } from './suggested';
import type { Surface } from './surface';
import type { TagStamps } from './tags';

const FADED_LINE = 1;
const FADED_ALPHA = 0.45;

/** What of the document is painted: `shapes` in a part of the image, all with their tags or none. */
export interface Passive {
  readonly part: Rect;
  readonly shapes: readonly Shape[];
  readonly tagsAll: boolean;
}

/** Everything that is not touched at the moment: the layers, then the document without its selection. */
export function paintShapes(
  surface: Surface,
  stamps: TagStamps,
  state: EditorState,
  { part, shapes, tagsAll }: Passive,
): void {
  if (state.hidden) return;
  if (state.drawing.darken > 0) paintDark(surface, state);
  if (state.spotlight) paintSpotlight(surface, state.viewport, state.shapes);
  const versions = state.layers.filter((layer) => layer.visible);
  for (const layer of versions.filter(({ faded }) => faded)) {
    surface.context.globalAlpha = FADED_ALPHA;
    paintLayer(surface, state, layer, part);
    surface.context.globalAlpha = 1;
  }
  const clear = versions.filter(({ faded }) => !faded);
  for (const layer of clear) paintLayer(surface, state, layer, part);
  const colourOf = (shape: Shape) => styleOf(state.labels, shape).colour;
  paintDocument(surface, state, shapes);
  if (!tagsAll) return;
  for (const shape of shapes) paintTag(surface, stamps, state, shape, colourOf(shape));
  const below = state.shapes.length > 0 ? 1 : 0;
  clear.forEach((layer, row) => {
    paintLayerTags(surface, stamps, state, layer, row + below);
  });
}

function paintLayer(surface: Surface, state: EditorState, layer: Layer, part: Rect): void {
  const { viewport, labels } = state;
  const width = layer.faded ? FADED_LINE : state.drawing.strokeWidth;
  const shapes = layer.shapes.filter(({ rect }) => intersects(rect, part));
  strokeHalos(surface, viewport, shapes, width);
  strokeShapes(surface, viewport, shapes, (shape) => {
    const style = styleOf(labels, shape);
    return { colour: layer.colour ?? style.colour, dash: layer.dash ?? style.dash, width };
  });
}

function paintDocument(surface: Surface, state: EditorState, shapes: readonly Shape[]): void {
  const { viewport, labels } = state;
  const { strokeWidth: width } = state.drawing;
  if (state.look.fill > 0) paintFills(surface, state, shapes);
  const strokes = new Map<string, Stroke>();
  const strokeOf = (shape: Shape): Stroke => {
    const { colour, dash } = styleOf(labels, shape);
    const stroke = strokes.get(shape.label) ?? { colour, dash, width };
    strokes.set(shape.label, stroke);
    return stroke;
  };
  const answer = answerAmong(shapes);
  if (answer !== shapes) {
    const suggested = shapes.filter((shape) => shape.suggested);
    paintSuggested(surface, state, suggested, width);
  }
  strokeHalos(surface, viewport, answer, width);
  strokeShapes(surface, viewport, answer, strokeOf);
}

/** Takes light from the image, and from nothing else, for the shapes to stand out. */
function paintDark({ context }: Surface, { viewport, drawing }: EditorState): void {
  const { x, y, width, height } = viewport.rectToScreen({ x: 0, y: 0, ...viewport.image });
  context.globalAlpha = drawing.darken;
  context.fillStyle = '#000';
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
}

function paintFills(surface: Surface, state: EditorState, shapes: readonly Shape[]): void {
  surface.context.globalAlpha = state.look.fill;
  for (const shape of shapes) {
    surface.context.fillStyle = styleOf(state.labels, shape).colour;
    fillShape(surface, state.viewport, shape);
  }
  surface.context.globalAlpha = 1;
}

function paintLayerTags(
  surface: Surface,
  stamps: TagStamps,
  state: EditorState,
  layer: Layer,
  row: number,
): void {
  for (const shape of layer.shapes) {
    const colour = layer.colour ?? styleOf(state.labels, shape).colour;
    paintTag(surface, stamps, state, shape, colour, layer.name, row);
  }
}

export function paintTag(
  surface: Surface,
  stamps: TagStamps,
  { viewport, selection, hover, spotlight, drawing, labels }: EditorState,
  shape: Shape,
  colour: string,
  layer = '',
  row = 0,
): void {
  const box = viewport.rectToScreen(shape.rect);
  const short = styleOf(labels, shape).short;
  const texts = [tagText(captionOf(shape), layer), short && tagText(short, layer)] as const;
  const important = spotlight || hover === shape.id || selection.includes(shape.id);
  const { fontSize: size } = drawing;
  const text = shownTag(viewport, box, texts, important, size);
  if (text === null) return;
  const hollow = shape.suggested !== undefined;
  stamps.paint(surface, tagBox(box, text, size, row), { text, colour, size, hollow });
}
