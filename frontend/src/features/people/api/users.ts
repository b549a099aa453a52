import { pagedQuery } from '@/lib/paging';
import { send } from '@/lib/http';
import type { Wire } from '@/lib/wire';

export type User = Required<Omit<Wire<'User'>, 'invite_url'>>;

export const usersQuery = pagedQuery<User>(['users'], '/api/users/');

export interface NewUser {
  email: string;
  name: string;
  is_admin: boolean;
  may_create_datasets: boolean;
}

/** Without a password, the reply holds the link by which the person sets one. */
export function createUser(body: NewUser): Promise<User & { invite_url?: string }> {
  return send('POST', '/api/users/', { body });
}

export function changeUser(
  id: string,
  body: Partial<Pick<User, 'is_active' | 'is_admin' | 'may_create_datasets' | 'name'>>,
): Promise<User> {
  return send('PATCH', `/api/users/${id}/`, { body });
}
