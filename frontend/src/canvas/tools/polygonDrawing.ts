import { withSaid } from '../document/attributes';
import { polygonShape } from '../document/shapes';
import type { PolygonShape } from '../document/shapes';
import { simplified } from '../geometry/outline';
import { distance } from '../geometry/points';
import type { ImagePoint, ScreenPoint } from '../geometry/points';
import { completeOutline } from './outlines';
import { snappedCorner } from './snap';
import { CLICK_SLOP, SIMPLIFY, TRAIL_STEP } from './tool';
import type { DrawPress, PointerInput, ToolHost, ToolState } from './tool';

/** A click this near to the first corner closes the outline, CSS px. */
const CLOSES = 10;
/** A click this near to the last corner is the second of a double click, CSS px. */
const REPEATS = 5;

/**
 * From the first corner to the closing of an outline. Clicks add corners, a drag adds a line drawn by
 * hand; a click on the first or the last corner closes, as Enter does.
 */
export class PolygonDrawing implements ToolState {
  readonly path = 'polygon.drawing';
  private readonly host: ToolHost;
  private readonly entry: DrawPress;
  private readonly id: string;
  private readonly selection: readonly string[];
  private points: readonly ImagePoint[] = [];
  /** Where the button went down; null while it is up. */
  private pressed: ScreenPoint | null = null;
  /** What the pointer has drawn since, once it is a drag. */
  private trail: readonly ImagePoint[] = [];

  constructor(host: ToolHost, entry: DrawPress) {
    this.host = host;
    this.entry = entry;
    this.id = host.createId();
    this.selection = [this.id];
    this.pointerDown(entry.press);
  }

  cursor(): string {
    return 'crosshair';
  }

  pointerDown(input: PointerInput): void {
    if (this.isAt(this.points.at(-1), input, REPEATS)) {
      if (this.points.length > 2) this.finish();
    } else if (this.isAt(this.points[0], input, CLOSES)) {
      this.finish();
    } else {
      this.pressed = input.screen;
      this.points = [...this.points, snappedCorner(this.host, input, this.id)];
      this.preview(this.points);
    }
  }

  pointerMove(input: PointerInput): void {
    const dragged = this.pressed && distance(input.screen, this.pressed) >= CLICK_SLOP;
    if (dragged && this.entry.grip && this.points.length === 1) this.pullGrip(this.entry.grip);
    else if (dragged || this.trail.length > 0) this.draw(input);
    else if (!this.pressed) this.preview([...this.points, this.tip(input)]);
  }

  pointerUp(input: PointerInput): void {
    this.pressed = null;
    if (this.trail.length === 0) return;
    const end = snappedCorner(this.host, input, this.id);
    const line = [...this.points.slice(-1), ...this.trail, end];
    const drawn = simplified(line, SIMPLIFY / this.zoom);
    this.trail = [];
    this.points = [...this.points, ...drawn.slice(1)];
    this.preview(this.points);
    if (this.isAt(this.points[0], input, CLOSES)) this.finish();
  }

  finish(): void {
    if (completeOutline(this.host, this.preview(withoutDouble(this.points)))) {
      this.host.enter('polygon.idle', { fresh: this.id });
    }
  }

  losePress(): void {
    if (!this.pressed) return;
    this.pressed = null;
    this.takeBack();
  }

  takeBack(): void {
    this.trail = [];
    this.points = this.points.slice(0, -1);
    if (this.points.length === 0) this.cancel();
    else this.preview(this.points);
  }

  cancel(): boolean {
    this.host.document.cancel();
    this.host.enter('polygon.idle', { fresh: this.entry.fresh });
    return true;
  }

  private get zoom(): number {
    return this.host.viewport.zoom;
  }

  private draw(input: PointerInput): void {
    const last = this.trail.at(-1) ?? this.points.at(-1);
    if (this.isAt(last, input, TRAIL_STEP)) return;
    this.trail = [...this.trail, snappedCorner(this.host, input, this.id)];
    this.preview([...this.points, ...this.trail]);
  }

  /** The next corner as it would be; over the first one the outline shows itself closed. */
  private tip(input: PointerInput): ImagePoint {
    const [first] = this.points;
    const closes = first && this.points.length > 2 && this.isAt(first, input, CLOSES);
    return closes ? first : snappedCorner(this.host, input, this.id);
  }

  /** The press took hold of the shape drawn before; only a drag tells that from a first corner. */
  private pullGrip(grip: NonNullable<DrawPress['grip']>): void {
    this.host.document.cancel();
    this.host.enter('select.vertex', { press: this.entry.press, grip });
  }

  private isAt(point: ImagePoint | undefined, { screen }: PointerInput, reach: number): boolean {
    return point !== undefined && distance(this.host.viewport.toScreen(point), screen) <= reach;
  }

  private preview(points: readonly ImagePoint[]): PolygonShape {
    const shape = withSaid(polygonShape(this.id, this.host.label, points), this.host.said);
    const { settled } = this.host.document;
    const shapes = [...settled.shapes, shape];
    this.host.document.preview({ ...settled, shapes, selection: this.selection });
    return shape;
  }
}

function withoutDouble(points: readonly ImagePoint[]): readonly ImagePoint[] {
  return points.filter((point, n) => {
    const before = points.at(n - 1);
    return points.length === 1 || !before || distance(before, point) > 0;
  });
}
