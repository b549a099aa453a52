import { pagedQuery } from '@/lib/paging';
import type { Role } from '@/lib/datasets';
import { send } from '@/lib/http';

export type Member =
  | { user: { id: string; email: string; name: string }; role: Role; pending: false }
  | { email: string; role: Role; pending: true; invite_url?: string };

export function membersQuery(slug: string) {
  return pagedQuery<Member>(['dataset', slug, 'members'], `/api/datasets/${slug}/members/`);
}

/** Makes somebody a member; somebody without an account gets an invitation, whose link is in the reply. */
export function addMember(slug: string, body: { email: string; role: Role }): Promise<Member> {
  return send('POST', `/api/datasets/${slug}/members/`, { body });
}

export function changeMember(slug: string, user: string, role: Role): Promise<Member> {
  return send('PATCH', `/api/datasets/${slug}/members/${user}/`, { body: { role } });
}

export function removeMember(slug: string, user: string): Promise<unknown> {
  return send('DELETE', `/api/datasets/${slug}/members/${user}/`);
}
