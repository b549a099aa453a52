import { queryOptions } from '@tanstack/react-query';
import type { Interface, Role } from './datasets';
import { send } from './http';

export interface DatasetName {
  id: string;
  slug: string;
  name: string;
  interface: Interface;
}

/** A dataset at a glance. */
export interface Card extends DatasetName {
  role: Role;
  created_at: string;
  counts: Record<'images' | 'tasks' | 'open' | 'answered' | 'conflicted' | 'final', number>;
  thumbnails: string[];
}

/** What waits for me, and every dataset that I may see, newest first. */
export interface Home {
  continue: { dataset: DatasetName; left: number; done_today: number }[];
  review: { dataset: DatasetName; waiting: number }[];
  sent_back: number;
  datasets: Card[];
}

export const homeQuery = queryOptions({
  queryKey: ['home'],
  queryFn: () => send<Home>('GET', '/api/home/'),
});
