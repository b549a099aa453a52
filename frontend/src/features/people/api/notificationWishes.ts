import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export type Wishes = Wire<'NotificationWishes'>;
export type Kind = Wishes['kinds'][number];

export const wishesQuery = queryOptions({
  queryKey: ['notification-wishes'],
  queryFn: () => api.get('/api/notifications/settings/'),
});

export function saveWishes({ page, mail, daily, time_zone }: Wishes) {
  return api.put('/api/notifications/settings/', { body: { page, mail, daily, time_zone } });
}
