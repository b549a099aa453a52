import type { TaskState } from '@/components/StateBadge';
import { pagedQuery } from '@/lib/paging';

export interface Span {
  label: string;
  type: 'rect' | 'polygon' | 'freehand';
  x: number;
  y: number;
  width: number;
  height: number;
  points: [number, number][];
}

export interface TaskRow {
  id: string;
  state: TaskState;
  image: {
    id: string;
    thumbnail: string;
    width: number;
    height: number;
    name: string;
    source_url: string;
  };
  labels: string[];
  conflict_kinds: string[];
  answers: number;
  confidence: number | null;
  locked: boolean;
  updated_at: string;
  /** The final shapes or, before there are any, the merged ones. */
  spans: Span[];
}

export function tasksQuery(slug: string, filter: { state?: string; label?: string }) {
  const search = new URLSearchParams(filter);
  search.set('limit', '60');
  return pagedQuery<TaskRow>(
    ['dataset', slug, 'tasks', filter],
    `/api/datasets/${slug}/tasks/?${search}`,
  );
}
