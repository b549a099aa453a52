import { send } from '@/lib/http';

export function changePassword(body: {
  current_password: string;
  new_password: string;
}): Promise<unknown> {
  return send('POST', '/_allauth/browser/v1/account/password/change', { body });
}
