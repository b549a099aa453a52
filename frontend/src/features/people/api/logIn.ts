import { ApiError, send } from '@/lib/http';

export interface Credentials {
  email: string;
  password: string;
}

/** Logs in; 'code' if the account wants the code of its second factor first. */
export async function logIn(credentials: Credentials): Promise<'in' | 'code'> {
  try {
    await send('POST', '/_allauth/browser/v1/auth/login', { body: credentials });
  } catch (error) {
    if (wantsCode(error)) return 'code';
    throw error;
  }
  return 'in';
}

/** The second step: a code of the app, or one of the recovery codes. */
export function giveCode(code: string): Promise<unknown> {
  return send('POST', '/_allauth/browser/v1/auth/2fa/authenticate', { body: { code } });
}

interface Halfway {
  data?: { flows?: { id: string; is_pending?: boolean }[] };
}

function wantsCode(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.status !== 401) return false;
  const { data } = (error.body ?? {}) as Halfway;
  return (
    data?.flows?.some(({ id, is_pending }) => id === 'mfa_authenticate' && is_pending) ?? false
  );
}
