import { defaultsOf } from './document/attributes';
import { kindsOf, styleLabels } from './document/labels';
import type { Label } from './document/labels';
import type { Shape } from './document/shapes';
import { SpatialIndex } from './document/spatial';
import type { DocumentStore } from './document/store';
import { isBelow } from './document/suggestions';
import { DRAWING } from './drawing';
import type { ScreenPoint } from './geometry/points';
import { LOOK } from './look';
import { boundsOfAll, grow } from './geometry/rect';
import type { Rect } from './geometry/rect';
import { shapesAt, tagAt, touches } from './hits';
import type { HitScene } from './hits';
import type { EditorSettings } from './state';
import type { View } from './view';

/** A read-only shape that was clicked. */
export interface LayerPick {
  readonly layer: string;
  readonly shape: Shape;
}

/** With more shapes in sight their tags would hide the image, and cost more than all the rest. */
const MOST_TAGS = 400;
/** Lines and handles reach this far over the bounds of their shape, CSS px. */
export const OVERHANG = 6;

const DEFAULTS: EditorSettings = {
  label: '',
  tool: 'box',
  readOnly: false,
  hidden: false,
  onlyLabel: null,
  showTags: true,
  locked: new Set(),
  concealed: new Set(),
  threshold: -Infinity,
  spotlight: false,
  labels: new Map(),
  kinds: new Map(),
  asked: new Map(),
  usual: new Map(),
  layers: [],
  drawing: DRAWING,
  look: LOOK,
};

export function labelSettings(labels: readonly Label[]) {
  return {
    labels: styleLabels(labels),
    label: labels[0]?.name ?? '',
    kinds: kindsOf(labels),
    asked: new Map(labels.map(({ name, attributes = [] }) => [name, attributes])),
    usual: new Map(labels.map(({ name, attributes = [] }) => [name, defaultsOf(attributes)])),
  };
}

/** What is shown on the image, and what lies where. */
export class Scene {
  private readonly document: DocumentStore;
  private readonly view: View;
  private readonly changed: () => void;
  private readonly index = new SpatialIndex();
  private current: EditorSettings;
  /** The last answer of tagsAll, which every move of the pointer asks for, and what it is true for. */
  private tags: { key: readonly unknown[]; all: boolean } | null = null;

  constructor(
    document: DocumentStore,
    view: View,
    settings: Partial<EditorSettings>,
    changed: () => void,
  ) {
    this.document = document;
    this.view = view;
    this.changed = changed;
    this.current = { ...DEFAULTS, ...settings };
  }

  get settings(): EditorSettings {
    return this.current;
  }

  set(settings: Partial<EditorSettings>): void {
    this.current = { ...this.current, ...settings };
    this.changed();
  }

  /** Whether a shape of the document is drawn. */
  readonly isShown = (shape: Shape): boolean => {
    const { hidden, onlyLabel, threshold, concealed, look } = this.current;
    if (hidden || concealed.has(shape.id) || isBelow(shape, threshold)) return false;
    const { selection } = this.document.state;
    if (look.onlySelected && selection.length > 0 && !selection.includes(shape.id)) return false;
    return onlyLabel === null || onlyLabel === shape.label;
  };

  /** Whether a shape can be clicked and changed. */
  readonly isFree = (shape: Shape): boolean =>
    !this.current.locked.has(shape.id) && this.isShown(shape);

  /** Whether all shapes in sight carry their tags; what is selected or pointed at still may. */
  tagsAll(): boolean {
    const { shapes, selection } = this.document.state;
    const chosen = this.current.look.onlySelected ? selection : null;
    const key = [shapes, chosen, this.view.viewport, this.current] as const;
    if (!this.tags?.key.every((part, position) => part === key[position])) {
      const crowded = this.indexed().hasMore(MOST_TAGS, this.seen(), this.isShown);
      this.tags = { key, all: this.current.showTags && !crowded };
    }
    return this.tags.all;
  }

  /** The shapes of the document that a click could mean, the likeliest first. */
  shapesAt(point: ScreenPoint): Shape[] {
    return shapesAt(this.hitScene(), point);
  }

  /** The shape whose tag is at `point`. */
  tagAt(point: ScreenPoint): Shape | null {
    return tagAt(this.hitScene(), point);
  }

  /** The shown shapes whose bounds touch a part of the image, in document order. */
  shapesIn(area: Rect): Shape[] {
    return this.indexed().search(area).filter(this.isShown);
  }

  /** The read-only shape at `point`, of the topmost layer that has one. */
  layerShapeAt(point: ScreenPoint): LayerPick | null {
    if (this.current.hidden) return null;
    const shown = this.current.layers.filter((layer) => layer.visible && !layer.faded);
    for (const layer of shown.reverse()) {
      const shape = layer.shapes.find((candidate) => touches(this.view.viewport, candidate, point));
      if (shape) return { layer: layer.id, shape };
    }
    return null;
  }

  /** The bounds of these shapes of the document or of layers; null when there are none. */
  boundsOf(ids: readonly string[]): Rect | null {
    const layered = this.current.layers.flatMap((layer) => layer.shapes);
    const shapes = [...this.document.state.shapes, ...layered];
    return boundsOfAll(shapes.filter(({ id }) => ids.includes(id)).map(({ rect }) => rect));
  }

  private hitScene(): HitScene {
    const { viewport } = this.view;
    const { selection } = this.document.state;
    const { isFree } = this;
    const { drawing, labels } = this.current;
    const tags = { tagsAll: this.tagsAll(), fontSize: drawing.fontSize, labels };
    return { viewport, selection, ...tags, index: this.indexed(), isFree };
  }

  /** The part of the image whose shapes reach into the view. */
  private seen(): Rect {
    const { viewport } = this.view;
    return grow(viewport.visible(), OVERHANG / viewport.zoom);
  }

  private indexed(): SpatialIndex {
    this.index.update(this.document.state.shapes);
    return this.index;
  }
}
