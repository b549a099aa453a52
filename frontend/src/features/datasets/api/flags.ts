import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export type Flag = Wire<'Flag'>;

/** What waits for a manager, the oldest first. */
export function flagsQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'flags'],
    queryFn: () => api.get('/api/datasets/{dataset}/flags/', { path: { dataset: slug } }),
  });
}

export function resolveFlag({ id }: Flag) {
  return api.post('/api/flags/{flag}/resolve/', { path: { flag: id }, body: {} });
}
