import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';
import type { DatasetChange } from './changeDataset';

export type Effect = Wire<'Effect'>;

/** What a change of settings would do to what is there already. */
export function effectsQuery(slug: string, changes: DatasetChange) {
  return queryOptions({
    queryKey: ['dataset', slug, 'effects', changes],
    queryFn: () =>
      api.post('/api/datasets/{dataset}/effects/', { path: { dataset: slug }, body: changes }),
    staleTime: 0,
    // While something is typed it may be wrong for a moment; saving says what is.
    retry: false,
    placeholderData: keepPreviousData,
  });
}
