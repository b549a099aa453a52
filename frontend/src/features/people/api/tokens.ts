import { queryOptions } from '@tanstack/react-query';
import { send } from '@/lib/http';
import type { Page } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type ApiToken = Required<Omit<Wire<'Token'>, 'token'>>;

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
