import { queryOptions } from '@tanstack/react-query';
import { send } from '@/lib/http';
import type { Wire } from '@/lib/wire';

export function invitationQuery(token: string) {
  return queryOptions({
    queryKey: ['invitations', token],
    queryFn: () =>
      send<Wire<'InvitationPreview'>>(
        'GET',
        `/api/invitations/${encodeURIComponent(token)}/accept/`,
      ),
  });
}

export function acceptInvitation(
  token: string,
  body: { name: string; password: string },
): Promise<unknown> {
  return send('POST', `/api/invitations/${encodeURIComponent(token)}/accept/`, { body });
}
