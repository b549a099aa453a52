import { queryOptions } from '@tanstack/react-query';
import { send } from '@/lib/http';
import type { Page } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type Connection = Wire<'Connection'>;

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: async () => (await send<Page<Connection>>('GET', '/api/connections/')).results,
});

export interface NewConnection {
  name: string;
  endpoint: string;
  region: string;
  buckets: string[];
  access_key: string;
  secret_key: string;
  datasets: string[];
}

export function createConnection(body: NewConnection): Promise<Connection> {
  return send('POST', '/api/connections/', { body });
}

export function testConnection(id: string): Promise<Wire<'ConnectionReport'>> {
  return send('POST', `/api/connections/${id}/test/`, { body: {} });
}
