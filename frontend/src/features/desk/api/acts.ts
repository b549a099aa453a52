import { api } from '@/lib/api';
import { uuid7 } from '@/lib/uuid7';
import type { Wire } from '@/lib/wire';
import type { TaskFilter } from '../browse/filter';
import type { ExportOrder } from '../export/formats';

/** What can be done to many tasks at once. */
export type Act =
  | { readonly act: 'tag'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly act: 'priority'; readonly priority: number }
  | { readonly act: 'requeue'; readonly reason?: string }
  | { readonly act: 'assign'; readonly people: readonly string[] }
  | ({ readonly act: 'export' } & Readonly<ExportOrder>)
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

export type LeftOut = Wire<'NotDone'>;

/** What came of an act, which may still go on as a job. */
export type Outcome = Wire<'TaskAct'>;

export function actOn(dataset: string, act: Act, on: On): Promise<Outcome> {
  return api.post('/api/datasets/{dataset}/tasks/acts/', {
    path: { dataset },
    body: { ...act, ...on },
    idempotencyKey: uuid7(),
    // What was said is sent even while the page closes.
    keepalive: act.act === 'answer',
  });
}

export function outcomeOf(dataset: string, act: string): Promise<Outcome> {
  return api.get('/api/datasets/{dataset}/tasks/acts/{act}/', { path: { dataset, act } });
}

export function undoAct(dataset: string, act: string): Promise<Outcome> {
  return api.post('/api/datasets/{dataset}/tasks/acts/{act}/undo/', { path: { dataset, act } });
}
