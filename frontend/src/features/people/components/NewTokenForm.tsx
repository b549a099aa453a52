import { Button, Group, Input, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { SecretLink } from '@/components/SecretLink';
import { type ApiToken, createToken, tokensQuery } from '../api/tokens';

const SCOPES = ['read', 'write'] as const;
const DAYS = [30, 90, 365] as const;

/** Makes a token, and shows its secret once. */
export function NewTokenForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<ApiToken['scope']>('write');
  const [days, setDays] = useState('90');
  const create = useMutation({
    mutationFn: () => createToken({ name, scope, days: Number(days) }),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate();
  }

  if (create.data) {
    return <SecretLink text={t('tokens.once')} secret={create.data.token} onDone={onDone} />;
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('tokens.name')}
          placeholder={t('tokens.namePlaceholder')}
          required
          maxLength={100}
          withAsterisk={false}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Choice
          label={t('tokens.scope')}
          value={scope}
          onChange={setScope}
          data={SCOPES.map((value) => ({ value, label: t(`tokens.${value}`) }))}
        />
        <Choice
          label={t('tokens.expiry')}
          value={days}
          onChange={setDays}
          data={DAYS.map((count) => ({ value: `${count}`, label: t('tokens.days', { count }) }))}
        />
        {create.error && <ErrorNotice error={create.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t('tokens.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Choice<Value extends string>(props: {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  data: { value: Value; label: string }[];
}) {
  return (
    <Input.Wrapper label={props.label} labelElement="div">
      <SegmentedControl
        fullWidth
        mt={4}
        aria-label={props.label}
        value={props.value}
        onChange={props.onChange}
        data={props.data}
      />
    </Input.Wrapper>
  );
}
