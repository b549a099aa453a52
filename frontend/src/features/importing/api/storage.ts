import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';

/** How many bytes a dataset's images take. */
export function storageQuery(dataset: string) {
  return queryOptions({
    queryKey: ['dataset', dataset, 'storage'],
    queryFn: () => api.get('/api/datasets/{dataset}/storage/', { path: { dataset } }),
  });
}
