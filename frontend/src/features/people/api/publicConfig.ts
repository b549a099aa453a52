import { queryOptions } from '@tanstack/react-query';
import { send } from '@/lib/http';

export interface DemoAccount {
  email: string;
  password: string;
  role: 'admin' | 'annotator' | 'reviewer';
  name: string;
}

/** What a visitor may know: the version, and the demo's accounts where there is a demo. */
export const publicConfigQuery = queryOptions({
  queryKey: ['public'],
  queryFn: () =>
    send<{ version: string; demo: DemoAccount[]; first_run: boolean }>('GET', '/api/public/'),
  staleTime: Infinity,
});
