import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type ApiToken = Wire<'Token'>;

export const tokensQuery = pagedQuery(['tokens'], '/api/tokens/', {});

/** The token itself is told once, here. */
export function createToken(body: Wire<'CreateTokenRequest'>) {
  return api.post('/api/tokens/', { body });
}

export function deleteToken(token: string) {
  return api.delete('/api/tokens/{token}/', { path: { token } });
}
