import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  PasswordInput,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { homeQuery } from '@/lib/home';
import { createConnection, type NewConnection } from '../api/connections';

const EMPTY: NewConnection = {
  name: '',
  endpoint: '',
  region: 'us-east-1',
  buckets: [],
  access_key: '',
  secret_key: '',
  session_token: '',
  requester_pays: false,
  datasets: [],
};

export function NewConnectionForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const home = useQuery(homeQuery);
  const [given, setGiven] = useState(EMPTY);
  const create = useMutation({
    mutationFn: () => createConnection(given),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['connections'] });
      onDone();
    },
  });
  const field = (
    name: Exclude<keyof NewConnection, 'buckets' | 'datasets' | 'requester_pays'>,
  ) => ({
    label: t(`connections.${name}`),
    value: given[name],
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
        <TextInput {...field('name')} required withAsterisk={false} data-autofocus />
        <TextInput {...field('endpoint')} placeholder="https://s3.example.org" />
        <TextInput {...field('region')} />
        <TagsInput
          label={t('connections.buckets')}
          description={t('connections.bucketsHint')}
          value={given.buckets}
          onChange={(buckets) => setGiven({ ...given, buckets })}
        />
        <MultiSelect
          label={t('connections.datasets')}
          description={t('connections.datasetsHint')}
          searchable
          data={(home.data?.datasets ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={given.datasets}
          onChange={(datasets) => setGiven({ ...given, datasets })}
        />
        <TextInput {...field('access_key')} autoComplete="off" />
        <PasswordInput {...field('secret_key')} autoComplete="off" />
        <PasswordInput
          {...field('session_token')}
          description={t('connections.session_tokenHint')}
          autoComplete="off"
        />
        <Checkbox
          label={t('connections.requester_pays')}
          description={t('connections.requester_paysHint')}
          checked={given.requester_pays}
          onChange={(event) => setGiven({ ...given, requester_pays: event.currentTarget.checked })}
        />
        {create.error && <ErrorNotice error={create.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending} disabled={given.buckets.length === 0}>
            {t('connections.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
