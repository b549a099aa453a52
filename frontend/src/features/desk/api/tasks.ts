import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export interface Span {
  label: string;
  type: 'rect' | 'polygon' | 'freehand';
  x: number;
  y: number;
  width: number;
  height: number;
  points: [number, number][];
}

/** `spans` are the final shapes or, before there are any, the merged ones. */
export type TaskRow = Omit<Wire<'TaskRow'>, 'spans'> & { spans: Span[] };

export function tasksQuery(slug: string, filter: { state?: string; label?: string }) {
  const search = new URLSearchParams(filter);
  search.set('limit', '60');
  return pagedQuery<TaskRow>(
    ['dataset', slug, 'tasks', filter],
    `/api/datasets/${slug}/tasks/?${search}`,
  );
}
