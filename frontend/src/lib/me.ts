import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { Capability, Interface, Role } from './datasets';
import { send } from './http';
import { useSession } from './session';

export interface Me {
  id: string;
  email: string;
  name: string;
  is_admin: boolean;
  may_create_datasets: boolean;
  preferences: Record<string, unknown>;
  memberships: {
    dataset: { id: string; slug: string; name: string; interface: Interface };
    role: Role;
  }[];
  /** By dataset id. */
  capabilities: Record<string, Capability[]>;
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    const me = await send<Me>('GET', '/api/me/');
    useSession.getState().begin();
    return me;
  },
  staleTime: 60_000,
});

/** Who is logged in. Only below routes that have made sure of it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}
