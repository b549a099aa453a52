import { Button, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { ApiError } from '@/lib/http';
import { resetLinkQuery, resetPassword } from './api/passwordReset';
import { FormCard } from './components/FormCard';
import { NewPasswordInput } from './components/NewPasswordInput';

/** Where the link of a mail leads that lets somebody choose a new password. */
export function NewPasswordPage() {
  const { t } = useTranslation('people');
  const { key = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const link = useQuery(resetLinkQuery(key));
  const reset = useMutation({ mutationFn: (password: string) => resetPassword(key, password) });
  if (link.isPending) return <Loading count={1} height={220} />;
  if (reset.isSuccess) {
    return (
      <FormCard title={t('reset.doneTitle')}>
        <p role="status">{t('reset.doneText')}</p>
        <Button fullWidth onClick={() => void navigate({ to: '/login' })}>
          {t('login.submit')}
        </Button>
      </FormCard>
    );
  }
  if (isDead(link.error) || isDead(reset.error)) {
    return (
      <FormCard title={t('reset.deadTitle')} back>
        <p role="status">{t('reset.deadText')}</p>
        <Button fullWidth onClick={() => void navigate({ to: '/password-reset' })}>
          {t('reset.again')}
        </Button>
      </FormCard>
    );
  }
  if (link.isError) {
    return (
      <FormCard title={t('reset.newTitle')} back>
        <ErrorNotice error={link.error} onRetry={() => void link.refetch()} />
      </FormCard>
    );
  }
  return <NewPasswordForm pending={reset.isPending} error={reset.error} onSubmit={reset.mutate} />;
}

function NewPasswordForm(props: {
  pending: boolean;
  error: Error | null;
  onSubmit: (password: string) => void;
}) {
  const { t } = useTranslation('people');
  const [password, setPassword] = useState('');

  function submit(event: FormEvent) {
    event.preventDefault();
    props.onSubmit(password);
  }

  return (
    <FormCard title={t('reset.newTitle')} back>
      <p>{t('reset.newText')}</p>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <NewPasswordInput value={password} onChange={setPassword} />
          {props.error && <ErrorNotice error={props.error} />}
          <Button type="submit" loading={props.pending} fullWidth>
            {t('reset.submit')}
          </Button>
        </Stack>
      </form>
    </FormCard>
  );
}

/** The link itself was refused: used before, too old, or cut short on its way. */
function isDead(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 400 && 'key' in error.errors;
}
