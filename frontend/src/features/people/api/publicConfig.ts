import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export type DemoAccount = Wire<'DemoAccount'>;

/** What a visitor may know: the version, and the demo's accounts where there is a demo. */
export const publicConfigQuery = queryOptions({
  queryKey: ['public'],
  queryFn: () => api.get('/api/public/'),
  staleTime: Infinity,
});
