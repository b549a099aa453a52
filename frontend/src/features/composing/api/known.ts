import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type PoolImage = Wire<'PoolImage'>;
export type KnownScore = Wire<'KnownScore'>;

export const FILTERS = ['all', 'unknown', 'yes', 'no'] as const;
export type Filter = (typeof FILTERS)[number];

export function poolImagesQuery(dataset: string, filter: Filter) {
  return pagedQuery(
    ['dataset', dataset, 'pool', 'images', filter],
    '/api/datasets/{dataset}/pool/',
    {
      path: { dataset },
      query: { limit: 60, ...(filter !== 'all' && { known: filter }) },
    },
  );
}

export function markKnown(dataset: string, images: readonly string[], known: boolean | null) {
  return api.post('/api/datasets/{dataset}/pool/mark/', {
    path: { dataset },
    body: { images, known },
  });
}

export function knownReportQuery(dataset: string) {
  return queryOptions({
    queryKey: ['dataset', dataset, 'pool', 'report'],
    queryFn: () => api.get('/api/datasets/{dataset}/known-report/', { path: { dataset } }),
    // Who opens it again wants to see what came in since, however short a time ago that was.
    staleTime: 0,
  });
}
