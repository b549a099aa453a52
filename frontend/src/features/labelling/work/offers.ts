import type { EditorState, SuggestedSpan } from '@/canvas';
import { isBelow } from '@/canvas';
import type { Response, Suggestion, Task } from '../api/tasks';

/** What lists say is kept as the word of a model of this name. */
const LIST = 'import';

/** What a model or a list said of the task last. */
export function suggestionFor(task: Task): Suggestion | undefined {
  return task.suggestions.at(-1);
}

/**
 * The shapes that somebody may accept: all that a model found, and those of a list that it is not
 * sure of. What a list says without a score is somebody's work, to go on from.
 */
export function offersOf(task: Task): SuggestedSpan[] {
  const suggestion = suggestionFor(task);
  if (!suggestion) return [];
  return suggestion.spans.flatMap((span: SuggestedSpan['span']) => {
    const own = typeof span.score === 'number' ? span.score : null;
    if (suggestion.model === LIST && own === null) return [];
    return [{ span, score: own ?? suggestion.score }];
  });
}

/** The offers that were neither accepted nor dismissed in `draft`. */
export function openOffers(task: Task, { draft }: Pick<Task, 'draft'> = task): SuggestedSpan[] {
  const done = new Set([...(draft?.spans ?? []).map(({ id }) => id), ...(draft?.dismissed ?? [])]);
  return offersOf(task).filter(({ span }) => !done.has(span.id));
}

/** What a task starts from without a draft. */
export function givenSpans(task: Task): Response['spans'] {
  const offered = new Set(offersOf(task).map(({ span }) => span.id));
  return task.spans.filter(({ id }) => !offered.has(id));
}

/** The ids of the offers that are not on the canvas any more. */
export function dismissedOf(task: Task, shapes: EditorState['shapes']): string[] {
  const there = new Set(shapes.map(({ id }) => id));
  return offersOf(task).flatMap(({ span: { id } }) => (id && !there.has(id) ? [id] : []));
}

/** How many suggestions wait, and how many of them the threshold hides. */
export function countOffers({ shapes, threshold }: Pick<EditorState, 'shapes' | 'threshold'>) {
  const waiting = shapes.filter(({ suggested }) => suggested);
  const below = waiting.filter((shape) => isBelow(shape, threshold)).length;
  return { total: waiting.length, below, shown: waiting.length - below };
}
