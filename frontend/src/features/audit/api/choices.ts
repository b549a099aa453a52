import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';

export interface Choice {
  value: string;
  label: string;
}

const MOST = 500;

/** Whom a log can be asked about: all accounts, or the members of a dataset. */
export function peopleQuery(slug: string | undefined) {
  return queryOptions({
    queryKey: slug === undefined ? ['users', 'choices'] : ['dataset', slug, 'members', 'choices'],
    queryFn: async (): Promise<Choice[]> => {
      if (slug === undefined) {
        const users = await api.get('/api/users/', { query: { limit: MOST } });
        return users.results.map(({ id, name, email }) => named(id, name, email));
      }
      const path = { dataset: slug };
      const members = await api.get('/api/datasets/{dataset}/members/', {
        path,
        query: { limit: MOST },
      });
      return members.results.flatMap(({ user }) =>
        user ? [named(user.id, user.name, user.email)] : [],
      );
    },
  });
}

/** Two of one name are told apart by their address. */
function named(value: string, name: string, email: string): Choice {
  return { value, label: name ? `${name} (${email})` : email };
}

export const datasetsQuery = queryOptions({
  queryKey: ['datasets', 'choices'],
  queryFn: async (): Promise<Choice[]> => {
    const datasets = await api.get('/api/datasets/', { query: { limit: MOST } });
    return datasets.results.map(({ id, name }) => ({ value: id, label: name }));
  },
});
