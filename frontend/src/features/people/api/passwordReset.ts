import { queryOptions } from '@tanstack/react-query';
import { ApiError, send } from '@/lib/http';

const REQUEST = '/_allauth/browser/v1/auth/password/request';
const RESET = '/_allauth/browser/v1/auth/password/reset';

/** Has a link sent to the address, if somebody has an account with it; the answer never tells. */
export function requestReset(email: string): Promise<unknown> {
  return send('POST', REQUEST, { body: { email } });
}

/** Fails for a link that was used, that is too old, or that nobody was sent. */
export function resetLinkQuery(key: string) {
  return queryOptions({
    queryKey: ['password-reset', key],
    queryFn: () => send<unknown>('GET', RESET, { headers: { 'X-Password-Reset-Key': key } }),
  });
}

/** Sets the password. allauth answers 401, "nobody is logged in", when it has worked. */
export async function resetPassword(key: string, password: string): Promise<void> {
  try {
    await send('POST', RESET, { body: { key, password } });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
  }
}
