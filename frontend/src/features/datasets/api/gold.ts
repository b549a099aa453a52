import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';

export function goldReportQuery(dataset: string) {
  return queryOptions({
    queryKey: ['dataset', dataset, 'gold'],
    queryFn: () => api.get('/api/datasets/{dataset}/gold/', { path: { dataset } }),
    // Who opens it again wants to see what came in since, however short a time ago that was.
    staleTime: 0,
  });
}
