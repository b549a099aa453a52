import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';

export function stopQuery(mails: string) {
  return queryOptions({
    queryKey: ['unsubscribe', mails],
    queryFn: () => api.get('/api/notifications/unsubscribe/{mails}/', { path: { mails } }),
  });
}

export function stopMails(mails: string) {
  return api.post('/api/notifications/unsubscribe/{mails}/', { path: { mails } });
}
