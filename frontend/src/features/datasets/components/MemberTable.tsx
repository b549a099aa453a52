import { Button, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import tables from '@/components/Table.module.css';
import { type Role, ROLES } from '@/lib/datasets';
import { useMe } from '@/lib/me';
import { notifyError } from '@/lib/notify';
import { changeMember, type Member, membersQuery, removeMember } from '../api/members';

export function MemberTable({ slug, members }: { slug: string; members: Member[] }) {
  const { t } = useTranslation('datasets');
  return (
    <div className={tables.scroll}>
      <table className={tables.table}>
        <thead>
          <tr>
            <th>{t('members.person')}</th>
            <th>{t('members.role')}</th>
            <th aria-label={t('members.remove')} />
          </tr>
        </thead>
        <tbody>
          {members.map((member) =>
            member.pending ? (
              <tr key={member.email} data-faded="true">
                <td>{member.email}</td>
                <td>
                  {t(`role.${member.role}`, { ns: 'shell' })} · {t('members.pending')}
                </td>
                <td />
              </tr>
            ) : (
              <MemberRow key={member.user.id} slug={slug} user={member.user} role={member.role} />
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

function MemberRow(props: {
  slug: string;
  user: { id: string; email: string; name: string };
  role: Role;
}) {
  const { t } = useTranslation('datasets');
  const { slug, user } = props;
  const me = useMe();
  const change = useMemberChange(slug, (role: Role) => changeMember(slug, user.id, role));
  const remove = useMemberChange(slug, () => removeMember(slug, user.id));
  return (
    <tr>
      <td>
        {user.name || user.email} <small>{user.name && user.email}</small>
      </td>
      <td>
        <Select
          aria-label={`${t('members.role')}: ${user.email}`}
          size="xs"
          maw={150}
          allowDeselect={false}
          disabled={user.id === me.id}
          data={ROLES.map((value) => ({ value, label: t(`role.${value}`, { ns: 'shell' }) }))}
          value={change.isPending ? change.variables : props.role}
          onChange={(role) => change.mutate(role as Role)}
        />
      </td>
      <td data-number>
        <Button
          size="xs"
          variant="default"
          disabled={user.id === me.id}
          loading={remove.isPending}
          aria-label={`${t('members.remove')}: ${user.email}`}
          onClick={() => {
            if (confirm(t('members.removeConfirm', { name: user.name || user.email }))) {
              remove.mutate(props.role);
            }
          }}
        >
          {t('members.remove')}
        </Button>
      </td>
    </tr>
  );
}

function useMemberChange(slug: string, act: (role: Role) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: membersQuery(slug).queryKey }),
  });
}
