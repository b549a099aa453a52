import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { PeopleSearch } from '@/lib/peopleSearch';
import type { Wire } from '@/lib/wire';

export type User = Wire<'User'>;
export type NewUser = Wire<'CreateUserRequest'>;
export type Leaving = Wire<'Leaving'>;

export function usersQuery(search: PeopleSearch) {
  return pagedQuery(['users', search], '/api/users/', { query: { ...search } });
}

/** What follows when somebody is deactivated. */
export function leavingQuery(user: string) {
  return queryOptions({
    queryKey: ['users', user, 'leaving'],
    queryFn: () => api.get('/api/users/{user}/leaving/', { path: { user } }),
    staleTime: 0,
  });
}

/** Without a password, the reply holds the link by which the person sets one. */
export function createUser(body: NewUser) {
  return api.post('/api/users/', { body });
}

export function changeUser(user: string, body: Wire<'ChangeUserRequest'>) {
  return api.patch('/api/users/{user}/', { path: { user }, body });
}
