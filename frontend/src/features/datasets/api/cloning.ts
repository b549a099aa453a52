import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

const LOOK_AGAIN = 1_000;

/** A dataset like this one; its images follow by themselves. */
export function cloneDataset(slug: string, body: Wire<'CloneRequest'>) {
  return api.post('/api/datasets/{dataset}/clone/', { path: { dataset: slug }, body });
}

/** How far the images of a clone are; it looks again by itself while they come. */
export function cloningQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'clone'],
    queryFn: () => api.get('/api/datasets/{dataset}/clone/', { path: { dataset: slug } }),
    refetchInterval: ({ state }) =>
      state.data?.state === 'queued' || state.data?.state === 'running' ? LOOK_AGAIN : false,
  });
}
