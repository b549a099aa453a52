import { queryOptions } from '@tanstack/react-query';
import { send } from '@/lib/http';
import type { Page } from '@/lib/paging';

export interface ApiToken {
  id: string;
  name: string;
  scope: 'read' | 'write';
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
}

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: async () => (await send<Page<ApiToken>>('GET', '/api/tokens/')).results,
});

/** The token itself is told once, here. */
export function createToken(body: {
  name: string;
  scope: ApiToken['scope'];
}): Promise<ApiToken & { token: string }> {
  return send('POST', '/api/tokens/', { body });
}

export function deleteToken(id: string): Promise<unknown> {
  return send('DELETE', `/api/tokens/${id}/`);
}
