import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type Invitation = Wire<'Invitation'>;

export const invitationsQuery = pagedQuery(['invitations'], '/api/invitations/', {});

/** Sends a new link by mail; the reply holds it, too, and the older one opens nothing any more. */
export function sendAgain(invitation: string) {
  return api.post('/api/invitations/{invitation}/send-again/', { path: { invitation } });
}

export function withdrawInvitation(invitation: string) {
  return api.delete('/api/invitations/{invitation}/', { path: { invitation } });
}
