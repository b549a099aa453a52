import { send } from '@/lib/http';

/** Makes the first account, an instance admin's; works while nobody has one. */
export function firstRun(body: {
  token: string;
  email: string;
  name: string;
  password: string;
}): Promise<{ email: string }> {
  return send('POST', '/api/first-run/', { body });
}
