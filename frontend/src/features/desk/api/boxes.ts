import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type BoxedImage = Wire<'BoxedImage'>;
export type Box = Wire<'Box'>;
export type BoxState = Box['state'];
export type Predictor = Wire<'Predictor'>;

export const BOX_STATES: readonly BoxState[] = [
  'accepted',
  'rejected',
  'unsure',
  'waiting',
  'open',
];

/** Images with their suggested boxes; with a state those that have such a box. */
export function boxesQuery(slug: string, state: BoxState | undefined) {
  return pagedQuery(['dataset', slug, 'boxes', state], '/api/datasets/{dataset}/boxes/', {
    path: { dataset: slug },
    query: { limit: 60, ...(state && { state }) },
  });
}

/** How the boxes of every version of every model stand. */
export function predictorsQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'predictors'],
    queryFn: async () =>
      (await api.get('/api/datasets/{dataset}/predictions/', { path: { dataset: slug } })).models,
  });
}
