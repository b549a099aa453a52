import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { firstRun } from './api/firstRun';
import { logIn } from './api/logIn';
import { FormCard } from './components/FormCard';
import { NewAccountForm } from './components/NewAccountForm';

/** The one-time page that makes the first account. */
export function FirstRunPage() {
  const { t } = useTranslation('people');
  const navigate = useNavigate();
  const { token = '' } = useSearch({ strict: false });
  const [email, setEmail] = useState('');
  const create = useMutation({
    mutationFn: async (given: { name: string; password: string }) => {
      await firstRun({ token, email, ...given });
      await logIn({ email, password: given.password });
    },
    onSuccess: () => navigate({ to: '/' }),
  });
  return (
    <FormCard title={t('firstRun.title')}>
      <p>{t('firstRun.text')}</p>
      <NewAccountForm
        submit={t('firstRun.submit')}
        pending={create.isPending}
        error={create.error}
        onSubmit={create.mutate}
      >
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
      </NewAccountForm>
    </FormCard>
  );
}
