import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export type Trust = Wire<'Trust'>;

/** What reviews allow to accept unseen; it is learnt anew every few minutes. */
export function trustQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'trust'],
    queryFn: () => api.get('/api/datasets/{dataset}/trust/', { path: { dataset: slug } }),
  });
}
