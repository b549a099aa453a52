import type { Editor } from '@/canvas';
import type { Thread } from '@/lib/threads';
import type { Conflict, ReviewTask } from '../api/reviews';
import { hasProposal } from './proposal';
import type { ReviewState } from './state';
import type { Reviews } from './store';

/** What is open instead of the card, or over the page. */
export type Panel = 'send_back' | 'give_back' | 'escalate' | 'keys' | null;

/** Whether the object in question is being edited in place. */
export interface Editing {
  readonly active: boolean;
  readonly start: () => void;
  readonly stop: () => void;
}

/** What is said about the task on the screen, and whether that is open beside it. */
export interface Talk {
  readonly open: boolean;
  /** The thread that a link or a key led to. */
  readonly shown: Thread | null;
  readonly toggle: () => void;
  readonly next: () => void;
}

/** Everything that the parts of the page act on. */
export interface Bench {
  reviews: Reviews;
  state: ReviewState;
  task: ReviewTask;
  conflict: Conflict | undefined;
  editor: Editor;
  editing: Editing;
  panel: Panel;
  setPanel: (panel: Panel) => void;
  setAlone: (version: string | null) => void;
  talk: Talk;
}

/** Accepts the proposal, or completes the look at the whole image. */
export function acceptProposal({ reviews, task, conflict, editor }: Bench): void {
  if (!conflict) reviews.complete(editor.getSpans());
  else if (hasProposal(task, conflict)) {
    reviews.decide({ conflict: conflict.id, action: 'accept' });
  }
}

/** Takes the object as it was edited; one that has no label yet waits for its digit. */
export function takeEdit({ reviews, conflict, editor, editing }: Bench): void {
  const [span] = editor.getSpans();
  if (!conflict || span?.label === '') return;
  editing.stop();
  if (span) reviews.decide({ conflict: conflict.id, action: 'edit', span });
  else reviews.decide({ conflict: conflict.id, action: 'delete' });
}

/** Deletes the object in question; where there is none, the final answer is reject. */
export function deleteOrReject({ reviews, conflict }: Bench): void {
  if (conflict?.object != null) reviews.decide({ conflict: conflict.id, action: 'delete' });
  else reviews.reject();
}

/** Where the reviewer points to in the look at the whole image: the shape selected there. */
export function drawnPlace({ conflict, editor }: Bench) {
  if (conflict) return null;
  const [chosen] = editor.state.selection;
  const span = editor.getSpans().find(({ id }) => id === chosen);
  return span ? { x: span.x, y: span.y, width: span.width, height: span.height } : null;
}
