import type { LayerInput, Span } from '@/canvas';
import type { Conflict, ReviewTask } from '../api/reviews';
import { objectOf } from './proposal';

export type Reworked = ReviewTask['reworked'][number];
export type Change = Reworked['changes'][number];

const BEFORE = '#c9ccd3';
const NOW = '#f0a93b';
/** Smaller moves than this are not worth a word, px. */
const LEAST = 0.5;

const EDGES = ['left', 'top', 'right', 'bottom'] as const;
export type Edge = { edge: (typeof EDGES)[number]; px: string };

/** Which edges of a shape moved and by how much, to the right and down positive. */
export function movedEdges(before: Span, after: Span): Edge[] {
  const [old, now] = [before, after].map(({ x = 0, y = 0, width = 0, height = 0 }) => ({
    left: x,
    top: y,
    right: x + width,
    bottom: y + height,
  }));
  return EDGES.flatMap((edge) => {
    const by = (now?.[edge] ?? 0) - (old?.[edge] ?? 0);
    const sign = by > 0 ? '+' : '−';
    return Math.abs(by) < LEAST ? [] : [{ edge, px: `${sign}${String(Math.round(Math.abs(by)))}` }];
  });
}

/**
 * What was before, dashed, and what is now: of everything while the whole image is looked at, of
 * what touches the object in question while a conflict is decided.
 */
export function reworkedLayers(
  task: ReviewTask,
  conflict: Conflict | undefined,
  names: { before: (version: string) => string; now: (version: string) => string },
): LayerInput[] {
  const object = objectOf(task, conflict);
  return task.reworked.flatMap(({ version, changes }) => {
    const shown = changes.filter(
      ({ before, after }) =>
        !object || [before, after].some((span) => isSpan(span) && touch(span, object.span)),
    );
    const spans = (key: 'before' | 'after') => shown.map((each) => each[key]).filter(isSpan);
    return [
      {
        id: `${version} before`,
        name: names.before(version),
        spans: spans('before'),
        colour: BEFORE,
        dash: [5, 5],
      },
      { id: `${version} now`, name: names.now(version), spans: spans('after'), colour: NOW },
    ];
  });
}

type Place = Pick<Span, 'x' | 'y' | 'width' | 'height'>;

export function isSpan(value: unknown): value is Span {
  return typeof value === 'object' && value !== null && 'points' in value;
}

/** Whether two shapes have a place in common. */
export function touch(one: Place, other: Place): boolean {
  const apart = (at: 'x' | 'y', size: 'width' | 'height') =>
    (one[at] ?? 0) > (other[at] ?? 0) + (other[size] ?? 0) ||
    (other[at] ?? 0) > (one[at] ?? 0) + (one[size] ?? 0);
  return !apart('x', 'width') && !apart('y', 'height');
}
