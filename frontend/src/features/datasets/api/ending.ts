import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type Deleted = Wire<'DeletedDataset'>;

/** Takes a dataset out of everybody's sight; it can be brought back for a while. */
export function deleteDataset(slug: string) {
  return api.delete('/api/datasets/{dataset}/', { path: { dataset: slug } });
}

export function restoreDataset({ id }: Deleted) {
  return api.post('/api/datasets/{dataset}/restore/', { path: { dataset: id } });
}

/** What I have deleted and can still bring back; all of it for an admin. */
export const deletedQuery = pagedQuery(['deleted datasets'], '/api/deleted-datasets/', {});
