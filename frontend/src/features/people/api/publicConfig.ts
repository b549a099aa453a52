import { queryOptions } from '@tanstack/react-query';
import { send } from '@/lib/http';
import type { Wire } from '@/lib/wire';

export type DemoAccount = Omit<Wire<'DemoAccount'>, 'role'> & {
  role: 'admin' | 'annotator' | 'reviewer';
};

/** What a visitor may know: the version, and the demo's accounts where there is a demo. */
export const publicConfigQuery = queryOptions({
  queryKey: ['public'],
  queryFn: () =>
    send<Omit<Wire<'Public'>, 'demo'> & { demo: DemoAccount[] }>('GET', '/api/public/'),
  staleTime: Infinity,
});
