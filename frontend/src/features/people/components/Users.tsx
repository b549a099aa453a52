import { Button, Checkbox, Group, Modal, Stack, Switch, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Icon } from '@/components/Icon';
import { Loading } from '@/components/Loading';
import { Section } from '@/components/Page';
import { SecretLink } from '@/components/SecretLink';
import { useMe } from '@/lib/me';
import { notifyError } from '@/lib/notify';
import { rowsOf } from '@/lib/paging';
import { changeUser, createUser, type User, usersQuery } from '../api/users';
import { ResetSecondFactor } from './ResetSecondFactor';
import tables from '@/components/Table.module.css';

export function Users() {
  const { t } = useTranslation('people');
  const users = useInfiniteQuery(usersQuery);
  const [adding, dialog] = useDisclosure();
  return (
    <Section
      title={t('users.title')}
      action={
        <Button leftSection={<Icon name="plus" />} onClick={dialog.open}>
          {t('users.add')}
        </Button>
      }
    >
      {users.isPending && <Loading height={44} />}
      {users.isError && <ErrorNotice error={users.error} onRetry={() => void users.refetch()} />}
      {users.isSuccess && <UserTable users={rowsOf(users.data)} />}
      {users.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => void users.fetchNextPage()}>
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
      <Modal opened={adding} onClose={dialog.close} title={t('users.add')} centered>
        <NewUserForm onDone={dialog.close} />
      </Modal>
    </Section>
  );
}

function UserTable({ users }: { users: User[] }) {
  const { t } = useTranslation('people');
  return (
    <div className={tables.scroll}>
      <table className={tables.table} data-stack>
        <thead>
          <tr>
            <th>{t('users.name')}</th>
            <th>{t('users.email')}</th>
            <th>{t('users.active')}</th>
            <th>{t('users.admin')}</th>
            <th>{t('users.creates')}</th>
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

const RIGHTS = [
  ['is_active', 'users.active'],
  ['is_admin', 'users.admin'],
  ['may_create_datasets', 'users.creates'],
] as const;

function UserRow({ user }: { user: User }) {
  const { t } = useTranslation('people');
  const me = useMe();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (body: Parameters<typeof changeUser>[1]) => changeUser(user.id, body),
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: ['users'] }),
  });
  return (
    <tr data-faded={!user.is_active}>
      <td data-wide>{user.name}</td>
      <td data-wide>{user.email}</td>
      {RIGHTS.map(([right, text]) => (
        <td key={right} data-label={t(text)}>
          <Switch
            aria-label={`${t(text)}: ${user.email}`}
            checked={change.isPending ? (change.variables[right] ?? user[right]) : user[right]}
            // Nobody locks the door behind themselves.
            disabled={user.id === me.id && right !== 'may_create_datasets'}
            onChange={(event) => change.mutate({ [right]: event.currentTarget.checked })}
          />
        </td>
      ))}
      <td data-label={t('factor.title')}>
        {user.has_second_factor ? <ResetSecondFactor user={user} /> : t('users.noFactor')}
      </td>
    </tr>
  );
}

function NewUserForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const [user, setUser] = useState({
    email: '',
    name: '',
    is_admin: false,
    may_create_datasets: false,
  });
  const create = useMutation({
    mutationFn: () => createUser(user),
    onSuccess: () =>
      Promise.all(
        ['users', 'invitations'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      ),
  });
  const change = (part: Partial<typeof user>) => setUser({ ...user, ...part });

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate();
  }

  if (create.data?.invite_url !== undefined) {
    return (
      <SecretLink
        text={t('users.invited', { email: user.email })}
        secret={create.data.invite_url}
        onDone={onDone}
      />
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('users.email')}
          type="email"
          required
          withAsterisk={false}
          data-autofocus
          value={user.email}
          onChange={(event) => change({ email: event.currentTarget.value })}
        />
        <TextInput
          label={t('users.name')}
          required
          withAsterisk={false}
          value={user.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Checkbox
          label={t('users.createsLong')}
          checked={user.may_create_datasets}
          onChange={(event) => change({ may_create_datasets: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('users.adminLong')}
          checked={user.is_admin}
          onChange={(event) => change({ is_admin: event.currentTarget.checked })}
        />
        {create.error && <ErrorNotice error={create.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t('users.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
