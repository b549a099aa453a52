import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Me } from '@/lib/me';
import type { Account } from './members';

const AT_ONCE = 500;
/** So many of one's own datasets are looked through for people. */
const DATASETS = 5;

/** People who may be picked by name: all for an admin, else those of one's own datasets. */
export function knownPeopleQuery(me: Me) {
  return queryOptions({
    queryKey: ['known people', me.id],
    queryFn: async (): Promise<Pick<Account, 'email' | 'name'>[]> => {
      const found = me.is_admin ? await allPeople() : await peopleAround(me);
      const others = found.filter(({ email }) => email !== me.email);
      return [...new Map(others.map((person) => [person.email, person])).values()];
    },
    staleTime: 60_000,
  });
}

async function allPeople() {
  const { results } = await api.get('/api/users/', { query: { limit: AT_ONCE } });
  return results.filter(({ is_active }) => is_active);
}

async function peopleAround(me: Me): Promise<Account[]> {
  const own = me.memberships.filter(({ role }) => role === 'manager').slice(0, DATASETS);
  const pages = await Promise.all(
    own.map(({ dataset: { slug } }) =>
      api.get('/api/datasets/{dataset}/members/', {
        path: { dataset: slug },
        query: { limit: AT_ONCE },
      }),
    ),
  );
  return pages.flatMap(({ results }) => results.flatMap(({ user }) => (user ? [user] : [])));
}
