import { ApiError, send } from '@/lib/http';

/** Ends the session. allauth answers 401, "nobody is logged in", when it has worked. */
export async function logOut(): Promise<void> {
  try {
    await send('DELETE', '/_allauth/browser/v1/auth/session');
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
  }
}
