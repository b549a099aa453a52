import { Button, Group, PasswordInput, Stack, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { createConnection, type NewConnection } from '../api/connections';

const EMPTY: NewConnection = {
  name: '',
  endpoint: '',
  region: 'us-east-1',
  buckets: [],
  access_key: '',
  secret_key: '',
};

export function NewConnectionForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const [given, setGiven] = useState(EMPTY);
  const create = useMutation({
    mutationFn: () => createConnection(given),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['connections'] });
      onDone();
    },
  });
  const field = (name: Exclude<keyof NewConnection, 'buckets'>) => ({
    label: t(`connections.${name}`),
    value: given[name],
    required: true,
    withAsterisk: false,
    onChange: (event: { currentTarget: { value: string } }) =>
      setGiven({ ...given, [name]: event.currentTarget.value }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate();
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput {...field('name')} data-autofocus />
        <TextInput {...field('endpoint')} placeholder="https://s3.example.org" />
        <TextInput {...field('region')} />
        <TagsInput
          label={t('connections.buckets')}
          description={t('connections.bucketsHint')}
          value={given.buckets}
          onChange={(buckets) => setGiven({ ...given, buckets })}
        />
        <TextInput {...field('access_key')} autoComplete="off" />
        <PasswordInput {...field('secret_key')} autoComplete="off" />
        {create.error && <ErrorNotice error={create.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t('connections.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
