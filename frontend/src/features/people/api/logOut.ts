import { ApiError, send } from '@/lib/http';

/** Logs out; then a whole new page, so that nothing of this person stays in memory. */
export async function leave(): Promise<void> {
  await logOut();
  location.assign('/login');
}

/** Ends the session. allauth answers 401, "nobody is logged in", when it has worked. */
async function logOut(): Promise<void> {
  try {
    await send('DELETE', '/_allauth/browser/v1/auth/session');
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
  }
}
