import { send } from '@/lib/http';
import { uuid7 } from '@/lib/uuid7';
import type { TaskFilter } from '../browse/filter';

/** What can be done to many tasks at once. */
export type Act =
  | { readonly act: 'tag'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly act: 'priority'; readonly priority: number }
  | { readonly act: 'requeue'; readonly reason?: string }
  | { readonly act: 'assign'; readonly people: readonly string[] }
  | {
      readonly act: 'export';
      readonly format: 'jsonl' | 'coco';
      readonly which: 'final' | 'answers' | 'both';
    }
  | { readonly act: 'delete' }
  | {
      readonly act: 'answer';
      readonly answer: 'accept' | 'reject' | 'ignore';
      readonly accept?: readonly (number | string)[];
    };

/** Tasks by their ids, or all that a filter finds, of which there were so many. */
export type On =
  | { readonly tasks: readonly string[] }
  | { readonly filter: TaskFilter; readonly expected?: number };

export interface LeftOut {
  readonly task: string;
  readonly code: string;
}

/** What came of an act. With `state` it may still go on, as a job that has this `id`. */
export interface Outcome {
  readonly id?: string;
  readonly state?: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly total?: number;
  readonly done: number;
  readonly left_out: readonly LeftOut[];
  /** Takes it back. */
  readonly undo?: string | null;
}

export function actOn(slug: string, act: Act, on: On): Promise<Outcome> {
  return send<Outcome>('POST', `/api/datasets/${slug}/tasks/acts/`, {
    body: { ...act, ...on },
    idempotencyKey: uuid7(),
    // What was said is sent even while the page closes.
    keepalive: act.act === 'answer',
  });
}

export function outcomeOf(slug: string, id: string): Promise<Outcome> {
  return send<Outcome>('GET', `/api/datasets/${slug}/tasks/acts/${id}/`);
}

export function undoAct(slug: string, id: string): Promise<unknown> {
  return send('POST', `/api/datasets/${slug}/tasks/acts/${id}/undo/`);
}
