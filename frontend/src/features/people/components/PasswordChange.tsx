import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Section } from '@/components/Page';
import { notify } from '@/lib/notify';
import { changePassword } from '../api/changePassword';
import { NewPasswordInput } from './NewPasswordInput';

export function PasswordChange() {
  const { t } = useTranslation('people');
  const [current, setCurrent] = useState('');
  const [wanted, setWanted] = useState('');
  const change = useMutation({
    mutationFn: () => changePassword({ current_password: current, new_password: wanted }),
    onSuccess: () => {
      setCurrent('');
      setWanted('');
      void notify(t('account.passwordChanged'));
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    change.mutate();
  }

  return (
    <Section title={t('account.password')}>
      <form onSubmit={submit}>
        <Stack maw={360}>
          <PasswordInput
            label={t('account.current')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <NewPasswordInput value={wanted} onChange={setWanted} />
          {change.error && <ErrorNotice error={change.error} />}
          <Group>
            <Button type="submit" variant="default" loading={change.isPending}>
              {t('account.change')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
