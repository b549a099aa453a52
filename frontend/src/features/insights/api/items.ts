import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export type OwnItem = Wire<'OwnItem'>;
export type Dispute = Wire<'Dispute'>;

/** My answers that came back or were changed, newest first. */
export function ownItemsQuery(dataset: string) {
  return queryOptions({
    queryKey: ['dataset', dataset, 'items', 'mine'],
    queryFn: () => api.get('/api/datasets/{dataset}/quality/mine/items/', { path: { dataset } }),
  });
}

/** The paragraphs of the guideline by the disputes that they caused. */
export function disputedQuery(dataset: string) {
  return queryOptions({
    queryKey: ['dataset', dataset, 'disputed'],
    queryFn: () => api.get('/api/datasets/{dataset}/disputed-paragraphs/', { path: { dataset } }),
  });
}

export function disagree(task: string, text: string, idempotencyKey: string) {
  return api.post('/api/tasks/{task}/disagree/', {
    path: { task },
    body: { text },
    idempotencyKey,
  });
}
