import { api } from '@/lib/api';
import type { Role } from '@/lib/datasets';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type Member = Wire<'Member'>;
export type Account = Wire<'MemberAccount'>;

/** Members page by page; `pending` are those who were invited and have not come yet. */
export function membersQuery(dataset: string) {
  return pagedQuery(['dataset', dataset, 'members'], '/api/datasets/{dataset}/members/', {
    path: { dataset },
  });
}

/** Makes somebody a member; somebody without an account gets an invitation, whose link is in the reply. */
export function addMember(dataset: string, body: Wire<'MemberRequest'>) {
  return api.post('/api/datasets/{dataset}/members/', { path: { dataset }, body });
}

export function changeMember(dataset: string, member: string, role: Role) {
  return api.patch('/api/datasets/{dataset}/members/{member}/', {
    path: { dataset, member },
    body: { role },
  });
}

/** Removes a member by the account's id, or takes back an invitation by its e-mail. */
export function removeMember(dataset: string, member: string) {
  return api.delete('/api/datasets/{dataset}/members/{member}/', { path: { dataset, member } });
}
