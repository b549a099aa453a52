import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/lib/http';
import { errorText } from '@/lib/errorText';
import { logIn, type Credentials } from '../api/logIn';
import { CodeForm } from './CodeForm';
import { isTooMany, TooMany, useWait } from './TooMany';

interface Props {
  email?: string;
  /** Whether who they are is known already, and the code of their second factor is wanted now. */
  halfway?: boolean;
  onDone: () => unknown;
}

/** Asks for e-mail and password; `onDone` runs when the session is there. */
export function LoginForm(props: Props) {
  const { t } = useTranslation('people');
  const [email, setEmail] = useState(props.email ?? '');
  const [password, setPassword] = useState('');
  const [halfway, setHalfway] = useState(props.halfway ?? false);
  const login = useLogin(props.onDone, () => setHalfway(true));
  const left = useWait(login.error);

  if (halfway) return <CodeForm onDone={props.onDone} onBack={() => setHalfway(false)} />;

  function submit(event: FormEvent) {
    event.preventDefault();
    login.mutate({ email, password });
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t('login.email')}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus={email === ''}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('login.password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          autoFocus={email !== ''}
          value={password}
          error={login.error && loginErrorText(login.error, t('login.mismatch'))}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <TooMany error={login.error} left={left} />
        <Button type="submit" loading={login.isPending} disabled={left > 0} fullWidth>
          {t('login.submit')}
        </Button>
      </Stack>
    </form>
  );
}

/** `onCode` where the account has a second factor, whose code is wanted now. */
export function useLogin(onDone: () => unknown, onCode: () => unknown = onDone) {
  return useMutation({
    mutationFn: (credentials: Credentials) => logIn(credentials),
    // 409: already logged in, in another tab.
    onError: (error) => error instanceof ApiError && error.status === 409 && onDone(),
    onSuccess: (step) => (step === 'in' ? onDone() : onCode()),
  });
}

/** One message for an unknown e-mail and a wrong password: neither is told apart to strangers. */
function loginErrorText(error: Error, mismatch: string): string | null {
  if (isTooMany(error)) return null;
  return error instanceof ApiError && error.status === 400 ? mismatch : errorText(error);
}
