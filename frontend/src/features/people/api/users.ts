import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type User = Wire<'User'>;
export type NewUser = Wire<'CreateUserRequest'>;

export const usersQuery = pagedQuery(['users'], '/api/users/', {});

/** Without a password, the reply holds the link by which the person sets one. */
export function createUser(body: NewUser) {
  return api.post('/api/users/', { body });
}

export function changeUser(user: string, body: Wire<'ChangeUserRequest'>) {
  return api.patch('/api/users/{user}/', { path: { user }, body });
}
