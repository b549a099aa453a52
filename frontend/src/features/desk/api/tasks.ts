import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type Span = Wire<'MergedSpan'>;

/** `spans` are the final shapes or, before there are any, the merged ones. */
export type TaskRow = Wire<'TaskRow'>;

export function tasksQuery(dataset: string, filter: { state?: TaskRow['state']; label?: string }) {
  return pagedQuery(['dataset', dataset, 'tasks', filter], '/api/datasets/{dataset}/tasks/', {
    path: { dataset },
    query: { ...filter, limit: 60 },
  });
}
