import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export function invitationQuery(secret: string) {
  return queryOptions({
    queryKey: ['invitations', secret],
    queryFn: () => api.get('/api/invitations/{secret}/accept/', { path: { secret } }),
  });
}

export function acceptInvitation(secret: string, body: Wire<'NewPersonRequest'>) {
  return api.post('/api/invitations/{secret}/accept/', { path: { secret }, body });
}
