import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { TaskFilter } from '../browse/filter';

export function countQuery(dataset: string, filter: TaskFilter) {
  return queryOptions({
    queryKey: ['dataset', dataset, 'tasks', 'count', filter],
    queryFn: () =>
      api.get('/api/datasets/{dataset}/tasks/count/', {
        path: { dataset },
        query: filter as Record<never, never>,
      }),
  });
}

/** What the filters can choose from. */
export function choicesQuery(dataset: string) {
  return queryOptions({
    queryKey: ['dataset', dataset, 'tasks', 'options'],
    queryFn: () => api.get('/api/datasets/{dataset}/tasks/options/', { path: { dataset } }),
    staleTime: 60_000,
  });
}

/** ms between two looks at a count that takes long. */
const PAUSE = 1000;

/** All that match, however many. */
export function countAllQuery(dataset: string, filter: TaskFilter) {
  return queryOptions({
    queryKey: ['dataset', dataset, 'tasks', 'count', 'all', filter],
    queryFn: ({ signal }) => countAll(dataset, filter, signal),
    retry: false,
    staleTime: Infinity,
  });
}

async function countAll(dataset: string, filter: TaskFilter, signal: AbortSignal) {
  let job = await api.post('/api/datasets/{dataset}/tasks/count/', {
    path: { dataset },
    body: { filter },
  });
  while (job.state === 'queued' || job.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    job = await api.get('/api/datasets/{dataset}/tasks/count/{job}/', {
      path: { dataset, job: job.id },
      signal,
    });
  }
  if (job.count === null) throw new Error('The count came to nothing.');
  return job.count;
}
