import { send } from '@/lib/http';

export interface Credentials {
  email: string;
  password: string;
}

export function logIn(credentials: Credentials): Promise<unknown> {
  return send('POST', '/_allauth/browser/v1/auth/login', { body: credentials });
}
