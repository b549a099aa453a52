import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/lib/errorText';
import { givePassword } from '../api/secondFactor';
import { isTooMany, TooMany, useWait } from './TooMany';

/** Asks for the password again before something that a passer-by must not do; then `onDone`. */
export function PasswordStep({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('people');
  const [password, setPassword] = useState('');
  const check = useMutation({ mutationFn: () => givePassword(password), onSuccess: onDone });
  const left = useWait(check.error);

  function submit(event: FormEvent) {
    event.preventDefault();
    check.mutate();
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        <div>{t('factor.passwordText')}</div>
        <PasswordInput
          label={t('account.current')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
          value={password}
          error={check.error && !isTooMany(check.error) && errorText(check.error)}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <TooMany error={check.error} left={left} />
        <Group justify="flex-end">
          <Button type="submit" loading={check.isPending} disabled={left > 0}>
            {t('factor.goOn')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
