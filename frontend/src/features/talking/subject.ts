import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { ApiError } from '@/lib/http';
import type { Wire } from '@/lib/wire';

/** The task that a thread is about, and the shapes that are drawn on it here. */
export interface Subject {
  readonly images: readonly Wire<'Image'>[];
  readonly spans: readonly Wire<'Span'>[];
  /** Whose shapes they are. */
  readonly drawn: 'mine' | 'final' | null;
}

/** The reader's own answer, or where they gave none what is final. */
export function subjectQuery(task: string, own: boolean) {
  return queryOptions({
    queryKey: ['task', task, 'subject', own],
    queryFn: async () => (own ? ((await mine(task)) ?? (await story(task))) : await story(task)),
  });
}

async function mine(task: string): Promise<Subject | null> {
  try {
    const { images, draft } = await api.get('/api/tasks/{task}/mine/', { path: { task } });
    const { spans = [] } = (draft ?? {}) as { spans?: Wire<'Span'>[] };
    return { images, spans, drawn: 'mine' };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

async function story(task: string): Promise<Subject> {
  const { images, final, spans } = await api.get('/api/tasks/{task}/', { path: { task } });
  return { images, spans: final?.spans ?? spans, drawn: final ? 'final' : null };
}
