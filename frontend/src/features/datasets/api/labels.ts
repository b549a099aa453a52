import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Dataset } from '@/lib/datasets';
import type { Wire } from '@/lib/wire';

export type Usage = Wire<'Usage'>;
export type Listed = Wire<'ListedLabel'>;

const LOOK_AGAIN = 1_000;

export function addLabel({ slug }: Dataset, body: Wire<'LabelRequest'>) {
  return api.post('/api/datasets/{dataset}/labels/', { path: { dataset: slug }, body });
}

export function changeLabel({ slug }: Dataset, label: string, body: Wire<'ChangeLabelRequest'>) {
  return api.patch('/api/datasets/{dataset}/labels/{label}/', {
    path: { dataset: slug, label },
    body,
  });
}

/** Puts all labels of the dataset into this order. */
export function orderLabels({ slug }: Dataset, labels: string[]) {
  return api.put('/api/datasets/{dataset}/labels/order/', {
    path: { dataset: slug },
    body: { labels },
  });
}

/** Adds the new labels of a list, or says what would become of each line. */
export function listLabels(slug: string, text: string, preview: boolean) {
  return api.post('/api/datasets/{dataset}/labels/list/', {
    path: { dataset: slug },
    body: { text, preview },
  });
}

/** How often each label was given. */
export function usageQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'labels', 'usage'],
    queryFn: () => api.get('/api/datasets/{dataset}/labels/usage/', { path: { dataset: slug } }),
  });
}

/** What merging a label into another, by its name, would touch. */
export function touchedQuery(slug: string, label: string, into: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'labels', label, 'touched', into],
    queryFn: () =>
      api.post('/api/datasets/{dataset}/labels/{label}/merge/forecast/', {
        path: { dataset: slug, label },
        body: { into },
      }),
    staleTime: 0,
  });
}

export function mergeLabel({ slug }: Dataset, label: string, into: string) {
  return api.post('/api/datasets/{dataset}/labels/{label}/merge/', {
    path: { dataset: slug, label },
    body: { into },
  });
}

export function unmergeLabel({ slug }: Dataset, label: string) {
  return api.delete('/api/datasets/{dataset}/labels/{label}/merge/', {
    path: { dataset: slug, label },
  });
}

/** How far answers were compared anew since labels were merged; it looks again while that goes on. */
export function relabellingQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'labels', 'merging'],
    queryFn: () => api.get('/api/datasets/{dataset}/labels/merging/', { path: { dataset: slug } }),
    refetchInterval: ({ state }) =>
      state.data?.state === 'queued' || state.data?.state === 'running' ? LOOK_AGAIN : false,
  });
}
