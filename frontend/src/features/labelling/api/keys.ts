import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { meQuery } from '@/lib/me';
import type { Wire } from '@/lib/wire';

type OwnKeys = NonNullable<Wire<'PreferencesRequest'>['keys']>;

/** Keeps a person's keys with their account; what is left out goes back to the default. */
export function useSaveKeys() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (keys: OwnKeys) => api.patch('/api/me/', { body: { preferences: { keys } } }),
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  });
}
