import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';

/** The storages that a dataset may read; only instance admins may list them. */
export function connectionsOf(dataset: string) {
  return queryOptions({
    queryKey: ['connections'],
    queryFn: async () => (await api.get('/api/connections/')).results,
    select: (connections) => connections.filter(({ datasets }) => datasets.includes(dataset)),
  });
}
