import type { Shape } from './shapes';
import { shapeFromSpan } from './spans';
import type { Span } from './spans';
import type { DocumentState } from './store';

/** What a model offers: seen and edited like every shape, but no part of the answer until accepted. */
export interface SuggestedSpan {
  readonly span: Span;
  /** How sure the model is; null where it does not say. */
  readonly score: number | null;
}

export function suggestedShape({ span, score }: SuggestedSpan, createId: () => string): Shape {
  return { ...shapeFromSpan(span, createId), suggested: { score } };
}

/** Whether a suggestion is below the threshold; one without a score never is. */
export function isBelow({ suggested }: Shape, threshold: number): boolean {
  return typeof suggested?.score === 'number' && suggested.score < threshold;
}

/** What the tag of a shape says: the label, of a suggestion with its score. */
export function captionOf({ label, suggested }: Shape): string {
  const score = suggested?.score;
  return typeof score === 'number' ? `${label} ${String(Number(score.toFixed(2)))}` : label;
}

export function accepted({ suggested: _, ...shape }: Shape): Shape {
  return shape;
}

const answers = new WeakMap<readonly Shape[], readonly Shape[]>();

/** The shapes that are part of the answer; the same list gives the same list. */
export function answerAmong(shapes: readonly Shape[]): readonly Shape[] {
  if (!shapes.some(({ suggested }) => suggested)) return shapes;
  const answer = answers.get(shapes) ?? shapes.filter(({ suggested }) => !suggested);
  answers.set(shapes, answer);
  return answer;
}

/** Makes these suggestions part of the answer. */
export function acceptedAmong(state: DocumentState, ids: readonly string[]): DocumentState {
  const wanted = new Set(ids);
  const takes = (shape: Shape) => shape.suggested !== undefined && wanted.has(shape.id);
  if (!state.shapes.some(takes)) return state;
  return { ...state, shapes: state.shapes.map((each) => (takes(each) ? accepted(each) : each)) };
}

/** Whoever edits a suggestion accepts it. */
export function acceptedWhereEdited(before: DocumentState, after: DocumentState): DocumentState {
  const offered = before.shapes.filter(({ suggested }) => suggested);
  if (offered.length === 0 || before.shapes === after.shapes) return after;
  const now = new Map(after.shapes.map((shape) => [shape.id, shape]));
  const edited = offered.filter((shape) => isEdited(shape, now.get(shape.id) ?? shape));
  return acceptedAmong(
    after,
    edited.map(({ id }) => id),
  );
}

/** Moved, resized, relabelled, or said more of: all of these make new objects. */
function isEdited(before: Shape, now: Shape): boolean {
  return before.rect !== now.rect || before.label !== now.label || before.extra !== now.extra;
}
