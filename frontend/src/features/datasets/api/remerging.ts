import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { ReviewPolicy } from '@/lib/datasets';
import type { Wire } from '@/lib/wire';

export type Forecast = Wire<'Forecast'>;

const LOOK_AGAIN = 1_000;

/** How far the merging anew is; it looks again by itself while that goes on. */
export function remergeQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'remerge'],
    queryFn: () => api.get('/api/datasets/{dataset}/remerge/', { path: { dataset: slug } }),
    refetchInterval: ({ state }) =>
      state.data?.state === 'queued' || state.data?.state === 'running' ? LOOK_AGAIN : false,
  });
}

/** Merges anew what is finished. */
export function remerge(slug: string) {
  return api.post('/api/datasets/{dataset}/remerge/', { path: { dataset: slug } });
}

/** What a policy would change. */
export function forecast(slug: string, review_policy: ReviewPolicy) {
  return api.post('/api/datasets/{dataset}/remerge/forecast/', {
    path: { dataset: slug },
    body: { review_policy },
  });
}
