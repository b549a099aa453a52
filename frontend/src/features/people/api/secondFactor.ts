import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { send } from '@/lib/http';

const ACCOUNT = '/_allauth/browser/v1/account/authenticators';

interface Totp {
  type: 'totp';
  /** Seconds since 1970. */
  created_at: number;
  last_used_at: number | null;
}

interface RecoveryCodes {
  type: 'recovery_codes';
  total_code_count: number;
  unused_code_count: number;
}

type Reply<Data> = { data: Data };

export const secondFactorQuery = queryOptions({
  queryKey: ['second-factor'],
  queryFn: async () => {
    const { data } = await send<Reply<(Totp | RecoveryCodes)[]>>('GET', ACCOUNT);
    return {
      totp: data.find((row) => row.type === 'totp'),
      codes: data.find((row) => row.type === 'recovery_codes'),
    };
  },
});

/** Proves that the one who sits here knows the password; good for some minutes. */
export function givePassword(password: string): Promise<unknown> {
  return send('POST', '/_allauth/browser/v1/auth/reauthenticate', { body: { password } });
}

/** A key for an app, as text and as a picture. It counts once `turnOn` was given a code of it. */
export function newKey() {
  return api.post('/api/second-factor/new/', {});
}

/** Turns it on; the reply are the recovery codes, this once. */
export async function turnOn(code: string): Promise<string[]> {
  await send('POST', `${ACCOUNT}/totp`, { body: { code } });
  return codesIn(await send('GET', `${ACCOUNT}/recovery-codes`));
}

export function turnOff(): Promise<unknown> {
  return send('DELETE', `${ACCOUNT}/totp`);
}

/** Makes new recovery codes; the older ones open nothing any more. */
export async function newCodes(): Promise<string[]> {
  return codesIn(await send('POST', `${ACCOUNT}/recovery-codes`, { body: {} }));
}

function codesIn({ data }: Reply<{ unused_codes?: string[] }>): string[] {
  return data.unused_codes ?? [];
}

/** As an admin: lets somebody who lost theirs in by the password alone. */
export function resetSecondFactor(user: string) {
  return api.delete('/api/users/{user}/second-factor/', { path: { user } });
}
