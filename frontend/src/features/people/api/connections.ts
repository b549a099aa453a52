import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export type Connection = Wire<'Connection'>;
export type NewConnection = Required<Wire<'ConnectionRequest'>>;

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: async () => (await api.get('/api/connections/')).results,
});

export function createConnection(body: NewConnection) {
  return api.post('/api/connections/', { body });
}

export function testConnection(connection: string) {
  return api.post('/api/connections/{connection}/test/', { path: { connection }, body: {} });
}
