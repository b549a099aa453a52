import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Role } from '@/lib/datasets';
import { send } from '@/lib/http';
import type { Page } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type Member = Wire<'Member'>;
export type Account = Wire<'MemberAccount'>;

/** Members page by page; `pending` are those who were invited and have not come yet. */
export function membersQuery(slug: string) {
  return infiniteQueryOptions({
    queryKey: ['dataset', slug, 'members'],
    queryFn: ({ pageParam }) => send<Page<Member> & { pending: Member[] }>('GET', pageParam),
    initialPageParam: `/api/datasets/${slug}/members/`,
    getNextPageParam: (page) => page.next,
  });
}

/** Makes somebody a member; somebody without an account gets an invitation, whose link is in the reply. */
export function addMember(slug: string, body: { email: string; role: Role }): Promise<Member> {
  return send('POST', `/api/datasets/${slug}/members/`, { body });
}

export function changeMember(slug: string, user: string, role: Role): Promise<Member> {
  return send('PATCH', `/api/datasets/${slug}/members/${user}/`, { body: { role } });
}

/** Removes a member by the account's id, or takes back an invitation by its e-mail. */
export function removeMember(slug: string, member: string): Promise<unknown> {
  return send('DELETE', `/api/datasets/${slug}/members/${encodeURIComponent(member)}/`);
}
