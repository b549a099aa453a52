import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';
import type { TaskFilter } from '../browse/filter';

const PAGE = 100;

export type Span = Wire<'MergedSpan'>;

/** `spans` are the final shapes or, before there are any, the merged ones. */
export type TaskRow = Wire<'TaskRow'>;

/** A filter, and by what the tasks are put in order. */
export interface Wanted {
  readonly filter: TaskFilter;
  readonly order?: string;
}

/** @param from the end of the list at which reading begins */
export function tasksQuery(
  dataset: string,
  { filter, order }: Wanted,
  from: 'start' | 'end' = 'start',
) {
  const query = {
    ...filter,
    ...(order && { order }),
    ...(from === 'end' && { cursor: 'end' }),
    limit: PAGE,
  };
  return pagedQuery(
    ['dataset', dataset, 'tasks', filter, order ?? null, from],
    '/api/datasets/{dataset}/tasks/',
    { path: { dataset }, query: query as Record<never, never> },
  );
}

/** People are measured by the final answer of this task from now on. */
export function makeGold(task: string) {
  return api.post('/api/tasks/{task}/gold/', { path: { task } });
}

export function retireGold(task: string) {
  return api.delete('/api/tasks/{task}/gold/', { path: { task } });
}

/** Opens a decided task again; who and why is recorded. */
export function unlockTask(task: string, reason: string) {
  return api.post('/api/tasks/{task}/unlock/', { path: { task }, body: { reason } });
}

/** A task with all its images and, as far as one may see it, what came of it. */
export function taskStoryQuery(task: string) {
  return queryOptions({
    queryKey: ['task', task],
    queryFn: () => api.get('/api/tasks/{task}/', { path: { task } }),
  });
}
