import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type Pool = Wire<'Pool'>;
export type Preview = Wire<'Preview'>;
export type Composition = Wire<'Composition'>;
export type Recipe = Wire<'ComposeRequest'>;

export function isRunning({ state }: Composition): boolean {
  return state === 'queued' || state === 'running';
}

export function poolQuery(dataset: string) {
  return queryOptions({
    queryKey: ['dataset', dataset, 'pool', 'counts'],
    queryFn: () => api.get('/api/datasets/{dataset}/pool/counts/', { path: { dataset } }),
  });
}

/** What groups would come of a recipe; nothing is made. */
export function previewQuery(dataset: string, recipe: Recipe) {
  return queryOptions({
    queryKey: ['dataset', dataset, 'pool', 'preview', recipe],
    queryFn: () =>
      api.post('/api/datasets/{dataset}/compose/preview/', { path: { dataset }, body: recipe }),
    retry: false,
  });
}

export function compositionsQuery(dataset: string) {
  return pagedQuery(['dataset', dataset, 'compositions'], '/api/datasets/{dataset}/compose/', {
    path: { dataset },
  });
}

export function startComposition(dataset: string, body: Recipe) {
  return api.post('/api/datasets/{dataset}/compose/', { path: { dataset }, body });
}

export function cancelComposition(composition: string) {
  return api.post('/api/compositions/{composition}/cancel/', { path: { composition } });
}
