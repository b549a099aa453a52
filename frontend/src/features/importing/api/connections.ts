import { queryOptions } from '@tanstack/react-query';
import { send } from '@/lib/http';
import type { Page } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

/** The storages that a dataset may read; only instance admins may list them. */
export function connectionsOf(dataset: string) {
  return queryOptions({
    queryKey: ['connections'],
    queryFn: async () => (await send<Page<Wire<'Connection'>>>('GET', '/api/connections/')).results,
    select: (connections) => connections.filter(({ datasets }) => datasets.includes(dataset)),
  });
}
