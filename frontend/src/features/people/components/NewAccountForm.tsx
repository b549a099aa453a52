import { Button, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { NewPasswordInput } from './NewPasswordInput';

/** A name and a new password; `children` come first. */
export function NewAccountForm(props: {
  submit: string;
  pending: boolean;
  error: Error | null;
  onSubmit: (given: { name: string; password: string }) => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation('people');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');

  function submit(event: FormEvent) {
    event.preventDefault();
    props.onSubmit({ name, password });
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {props.children}
        <TextInput
          label={t('login.name')}
          autoComplete="name"
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NewPasswordInput value={password} onChange={setPassword} />
        {props.error && <ErrorNotice error={props.error} />}
        <Button type="submit" loading={props.pending} fullWidth>
          {props.submit}
        </Button>
      </Stack>
    </form>
  );
}
