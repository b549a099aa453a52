import { Button, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import tables from '@/components/Table.module.css';
import { type Role, ROLES } from '@/lib/datasets';
import { useMe } from '@/lib/me';
import { notifyError } from '@/lib/notify';
import {
  type Account,
  changeMember,
  type Member,
  membersQuery,
  removeMember,
} from '../api/members';

export function MemberTable(props: { slug: string; members: Member[]; pending: Member[] }) {
  const { t } = useTranslation('datasets');
  const { slug } = props;
  return (
    <div className={tables.scroll}>
      <table className={tables.table} data-stack>
        <thead>
          <tr>
            <th>{t('members.person')}</th>
            <th>{t('members.role')}</th>
            <th>
              <span className="unseen">{t('members.remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.members.map(
            ({ user, role }) =>
              user && <MemberRow key={user.id} slug={slug} user={user} role={role} />,
          )}
          {props.pending.map(
            ({ email, role }) =>
              email && <PendingRow key={email} slug={slug} email={email} role={role} />,
          )}
        </tbody>
      </table>
    </div>
  );
}

function PendingRow(props: { slug: string; email: string; role: Role }) {
  const { t } = useTranslation('datasets');
  const { slug, email, role } = props;
  const remove = useMemberChange(slug, () => removeMember(slug, email));
  return (
    <tr data-faded="true">
      <td data-wide>{email}</td>
      <td>
        {t(`role.${role}`, { ns: 'shell' })} · {t('members.pending')}
      </td>
      <td data-number>
        <Button
          size="xs"
          variant="default"
          loading={remove.isPending}
          aria-label={`${t('members.withdraw')}: ${email}`}
          onClick={() => remove.mutate(role)}
        >
          {t('members.withdraw')}
        </Button>
      </td>
    </tr>
  );
}

function MemberRow(props: { slug: string; user: Account; role: Role }) {
  const { t } = useTranslation('datasets');
  const { slug, user } = props;
  const me = useMe();
  const change = useMemberChange(slug, (role: Role) => changeMember(slug, user.id, role));
  const remove = useMemberChange(slug, () => removeMember(slug, user.id));
  return (
    <tr>
      <td data-wide>
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
