import { Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { When } from '@/components/When';
import tables from '@/components/Table.module.css';
import { useMe } from '@/lib/me';
import { notifyError } from '@/lib/notify';
import { changeUser, type User } from '../api/users';
import { Deactivate } from './Deactivate';
import { ResetSecondFactor } from './ResetSecondFactor';
import classes from './Users.module.css';

const RIGHTS = [
  ['is_active', 'users.active'],
  ['is_admin', 'users.admin'],
  ['may_create_datasets', 'users.creates'],
] as const;

export function UserTable({ users }: { users: User[] }) {
  const { t } = useTranslation('people');
  return (
    <div className={tables.scroll}>
      <table className={tables.table} data-stack>
        <thead>
          <tr>
            <th>{t('users.name')}</th>
            <th>{t('users.seen')}</th>
            <th data-number>{t('users.datasets')}</th>
            {RIGHTS.map(([right, text]) => (
              <th key={right}>{t(text)}</th>
            ))}
            <th>{t('factor.title')}</th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <UserRow key={user.id} user={user} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function UserRow({ user }: { user: User }) {
  const { t } = useTranslation('people');
  const me = useMe();
  const client = useQueryClient();
  const [leaving, setLeaving] = useState(false);
  const change = useMutation({
    mutationFn: (body: Parameters<typeof changeUser>[1]) => changeUser(user.id, body),
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: ['users'] }),
  });

  function set(right: (typeof RIGHTS)[number][0], on: boolean) {
    if (right === 'is_active' && !on) setLeaving(true);
    else change.mutate({ [right]: on });
  }

  return (
    <tr data-faded={!user.is_active}>
      <td data-wide>
        <Who user={user} />
      </td>
      <td data-label={t('users.seen')}>
        {user.last_seen_at === null ? t('users.never') : <When at={user.last_seen_at} />}
      </td>
      <td data-number data-label={t('users.datasets')}>
        {user.datasets}
      </td>
      {RIGHTS.map(([right, text]) => (
        <td key={right} data-label={t(text)}>
          <Switch
            aria-label={`${t(text)}: ${user.email}`}
            checked={change.isPending ? (change.variables[right] ?? user[right]) : user[right]}
            // Nobody locks the door behind themselves.
            disabled={user.id === me.id && right !== 'may_create_datasets'}
            onChange={(event) => set(right, event.currentTarget.checked)}
          />
        </td>
      ))}
      <td data-label={t('factor.title')}>
        {user.has_second_factor ? <ResetSecondFactor user={user} /> : t('users.noFactor')}
        {leaving && <Deactivate user={user} onClose={() => setLeaving(false)} />}
      </td>
    </tr>
  );
}

function Who({ user }: { user: User }) {
  const { t } = useTranslation('people');
  return (
    <div className={classes.who}>
      <span>
        {user.name === '' ? user.email : user.name}
        <span className={classes.marks}>
          {user.is_invited && <span className={classes.mark}>{t('users.is.invited')}</span>}
          {!user.is_active && <span className={classes.mark}>{t('users.is.deactivated')}</span>}
        </span>
      </span>
      {user.name !== '' && <span>{user.email}</span>}
    </div>
  );
}
