import RBush from 'rbush';
import type { BBox } from 'rbush';
import type { Rect } from '../geometry/rect';
import type { Shape } from './shapes';

interface Entry extends BBox {
  shape: Shape;
  /** Position in the document. */
  order: number;
}

/** Finds the shapes near a place without looking at all of them. */
export class SpatialIndex {
  private readonly tree = new RBush<Entry>();
  private entries = new Map<string, Entry>();
  private indexed: readonly Shape[] = [];

  /** Follows the document; shapes that are the same objects as before cost next to nothing. */
  update(shapes: readonly Shape[]): void {
    if (shapes === this.indexed) return;
    this.indexed = shapes;
    const before = this.entries;
    const added: Entry[] = [];
    this.entries = new Map();
    shapes.forEach((shape, order) => {
      const known = before.get(shape.id);
      const entry = known?.shape === shape ? known : entryOf(shape);
      entry.order = order;
      if (entry === known) before.delete(shape.id);
      else added.push(entry);
      this.entries.set(shape.id, entry);
    });
    for (const gone of before.values()) this.tree.remove(gone);
    this.tree.load(added);
  }

  /** Shapes whose bounds touch `area`, in document order. */
  search(area: Rect): readonly Shape[] {
    const wanted = box(area);
    if (this.isAllIn(wanted)) return this.indexed;
    return this.tree
      .search(wanted)
      .sort((a, b) => a.order - b.order)
      .map((entry) => entry.shape);
  }

  /** Whether more than `most` shapes that count touch `area`: most of the answer is their order. */
  hasMore(most: number, area: Rect, counts: (shape: Shape) => boolean): boolean {
    if (this.indexed.length <= most) return false;
    const wanted = box(area);
    const found = this.isAllIn(wanted)
      ? this.indexed
      : this.tree.search(wanted).map((entry) => entry.shape);
    let left = most;
    return found.some((shape) => counts(shape) && left-- === 0);
  }

  /** So it is whenever the whole image is in sight: there is nothing to look for and to sort. */
  private isAllIn(wanted: BBox): boolean {
    const { minX, minY, maxX, maxY } = this.tree.toJSON() as BBox;
    return wanted.minX <= minX && wanted.minY <= minY && wanted.maxX >= maxX && wanted.maxY >= maxY;
  }
}

function entryOf(shape: Shape): Entry {
  return { ...box(shape.rect), shape, order: 0 };
}

function box({ x, y, width, height }: Rect): BBox {
  return { minX: x, minY: y, maxX: x + width, maxY: y + height };
}
