import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { requestReset } from './api/passwordReset';
import { FormCard } from './components/FormCard';
import { isTooMany, TooMany, useWait } from './components/TooMany';

/** Asks for the address to which a link for a new password goes. */
export function ForgottenPasswordPage() {
  const { t } = useTranslation('people');
  const [email, setEmail] = useState('');
  const request = useMutation({ mutationFn: () => requestReset(email) });
  const left = useWait(request.error);

  function submit(event: FormEvent) {
    event.preventDefault();
    request.mutate();
  }

  if (request.isSuccess) {
    return (
      <FormCard title={t('reset.sentTitle')} back>
        <p role="status">{t('reset.sentText', { email })}</p>
        <p>{t('reset.nothingCame')}</p>
        <Button variant="default" fullWidth onClick={() => request.reset()}>
          {t('reset.otherAddress')}
        </Button>
      </FormCard>
    );
  }
  return (
    <FormCard title={t('reset.title')} back>
      <p>{t('reset.text')}</p>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t('login.email')}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          {request.error && !isTooMany(request.error) && <ErrorNotice error={request.error} />}
          <TooMany error={request.error} left={left} />
          <Button type="submit" loading={request.isPending} disabled={left > 0} fullWidth>
            {t('reset.send')}
          </Button>
        </Stack>
      </form>
    </FormCard>
  );
}
