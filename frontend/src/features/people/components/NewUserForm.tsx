import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { SecretLink } from '@/components/SecretLink';
import { createUser } from '../api/users';

/** A new account, whose owner gets a link to set a password. */
export function NewUserForm({ onDone }: { onDone: () => void }) {
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
