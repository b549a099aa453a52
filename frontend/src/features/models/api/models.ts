import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export type ModelVersion = Wire<'Model'>;
export type Share = ModelVersion['precision'];

/** How every version of every model does against the final answers. */
export function modelsQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'models'],
    queryFn: () => api.get('/api/datasets/{dataset}/models/', { path: { dataset: slug } }),
  });
}
