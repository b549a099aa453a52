import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type Span = Wire<'MergedSpan'>;

/** `spans` are the final shapes or, before there are any, the merged ones. */
export type TaskRow = Wire<'TaskRow'>;

export interface TaskFilter {
  state?: TaskRow['state'];
  label?: string;
  conflict?: Wire<'ConflictKind'>;
  answers?: number;
  person?: string;
  day?: string;
  behind?: string;
  task?: string;
}

export function tasksQuery(dataset: string, filter: TaskFilter) {
  return pagedQuery(['dataset', dataset, 'tasks', filter], '/api/datasets/{dataset}/tasks/', {
    path: { dataset },
    query: { ...filter, limit: 60 } as Record<never, never>,
  });
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
