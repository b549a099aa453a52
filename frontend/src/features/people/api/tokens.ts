import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export type ApiToken = Wire<'Token'>;

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: async () => (await api.get('/api/tokens/')).results,
});

/** The token itself is told once, here. */
export function createToken(body: Wire<'CreateTokenRequest'>) {
  return api.post('/api/tokens/', { body });
}

export function deleteToken(token: string) {
  return api.delete('/api/tokens/{token}/', { path: { token } });
}
