import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export type Fitting = Wire<'Fitting'>;

const LOOK_AGAIN = 1_000;

/** How far images follow the settings; it looks again by itself while that goes on. */
export function fittingQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'fitting'],
    queryFn: () => api.get('/api/datasets/{dataset}/fitting/', { path: { dataset: slug } }),
    refetchInterval: ({ state }) =>
      state.data?.state === 'waiting' || state.data?.state === 'running' ? LOOK_AGAIN : false,
  });
}

/** Starts a job anew that has failed for good. */
export function retryFitting(slug: string) {
  return api.post('/api/datasets/{dataset}/fitting/', { path: { dataset: slug } });
}
