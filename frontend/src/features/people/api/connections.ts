import { queryOptions } from '@tanstack/react-query';
import { send } from '@/lib/http';
import type { Page } from '@/lib/paging';

export interface Connection {
  id: string;
  name: string;
  endpoint: string;
  region: string;
  buckets: string[];
  has_keys: boolean;
  /** The ids of the datasets that may use it. */
  datasets: string[];
}

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

export function testConnection(id: string): Promise<{ ok: boolean; code: string; detail: string }> {
  return send('POST', `/api/connections/${id}/test/`, { body: {} });
}
