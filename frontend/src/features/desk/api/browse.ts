import { queryOptions } from '@tanstack/react-query';
import { send } from '@/lib/http';
import type { TaskFilter } from '../browse/filter';

export interface Count {
  readonly count: number;
  /** Otherwise there are more. */
  readonly exact: boolean;
}

/** What the filters can choose from. */
export interface Choices {
  readonly labels: readonly string[];
  readonly tags: readonly { readonly name: string; readonly count: number }[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly imports: readonly { readonly id: string; readonly name: string }[];
}

export function countQuery(slug: string, filter: TaskFilter) {
  return queryOptions({
    queryKey: ['dataset', slug, 'tasks', 'count', filter],
    queryFn: () => send<Count>('GET', `/api/datasets/${slug}/tasks/count/`, { query: filter }),
  });
}

export function choicesQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'tasks', 'options'],
    queryFn: () => send<Choices>('GET', `/api/datasets/${slug}/tasks/options/`),
    staleTime: 60_000,
  });
}

interface Counting {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly count: number | null;
}

/** ms between two looks at a count that takes long. */
const PAUSE = 1000;

/** Counts all that match, however many. */
export async function countAll(slug: string, filter: TaskFilter): Promise<number | null> {
  const at = `/api/datasets/${slug}/tasks/count/`;
  let job = await send<Counting>('POST', at, { body: { filter } });
  while (job.state === 'queued' || job.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    job = await send<Counting>('GET', `${at}${job.id}/`);
  }
  return job.count;
}
