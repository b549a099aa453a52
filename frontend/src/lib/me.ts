import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api } from './api';
import { useSession } from './session';
import type { Wire } from './wire';

/** `capabilities` are by dataset id. */
export type Me = Wire<'Me'>;

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    const me = await api.get('/api/me/');
    useSession.getState().begin();
    return me;
  },
  staleTime: 60_000,
});

/** Who is logged in. Only below routes that have made sure of it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}
