import { queryOptions } from '@tanstack/react-query';
import { api } from './api';
import type { Wire } from './wire';

/** What waits for me, and every dataset that I may see, newest first. */
export type Home = Wire<'Home'>;

/** A dataset at a glance. */
export type Card = Wire<'Card'>;

export const homeQuery = queryOptions({
  queryKey: ['home'],
  queryFn: () => api.get('/api/home/'),
});
