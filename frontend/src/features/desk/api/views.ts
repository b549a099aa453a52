import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

/** A filter and an order that somebody keeps under a name; `search` is as an address says it. */
export type View = Wire<'SavedView'>;

export function viewsQuery(dataset: string) {
  return queryOptions({
    queryKey: ['dataset', dataset, 'views'],
    queryFn: async () =>
      (await api.get('/api/datasets/{dataset}/views/', { path: { dataset } })).results,
    staleTime: 60_000,
  });
}

export function saveView(dataset: string, body: Pick<View, 'name' | 'search'>) {
  return api.post('/api/datasets/{dataset}/views/', { path: { dataset }, body });
}

export function changeView(
  dataset: string,
  view: string,
  body: Partial<Pick<View, 'name' | 'search'>>,
) {
  return api.patch('/api/datasets/{dataset}/views/{view}/', { path: { dataset, view }, body });
}

export function deleteView(dataset: string, view: string) {
  return api.delete('/api/datasets/{dataset}/views/{view}/', { path: { dataset, view } });
}
