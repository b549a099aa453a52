import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/lib/errorText';
import { ApiError } from '@/lib/http';
import { giveCode } from '../api/logIn';
import { isTooMany, TooMany, useWait } from './TooMany';

/** The log-in's second step. `onBack` when it took so long that the first one must be done again. */
export function CodeForm(props: { onDone: () => unknown; onBack: () => void }) {
  const { t } = useTranslation('people');
  const [code, setCode] = useState('');
  const [lost, setLost] = useState(false);
  const check = useMutation({
    mutationFn: () => giveCode(code.replace(/\s/g, '')),
    onSuccess: props.onDone,
    onError: (error) => error instanceof ApiError && error.status === 409 && props.onBack(),
  });
  const left = useWait(check.error);

  function submit(event: FormEvent) {
    event.preventDefault();
    check.mutate();
  }

  function change() {
    setLost(!lost);
    setCode('');
    check.reset();
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          key={String(lost)}
          label={t(lost ? 'login.recoveryCode' : 'login.code')}
          description={t(lost ? 'login.recoveryCodeHint' : 'login.codeHint')}
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          withAsterisk={false}
          autoFocus
          value={code}
          error={check.error && codeErrorText(check.error, t('login.wrongCode'))}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <TooMany error={check.error} left={left} />
        <Button type="submit" loading={check.isPending} disabled={left > 0} fullWidth>
          {t('login.submit')}
        </Button>
        <Button variant="default" fullWidth onClick={change}>
          {t(lost ? 'login.useCode' : 'login.useRecoveryCode')}
        </Button>
        <Button variant="subtle" fullWidth onClick={props.onBack}>
          {t('login.back')}
        </Button>
      </Stack>
    </form>
  );
}

function codeErrorText(error: Error, wrong: string): string | null {
  if (isTooMany(error)) return null;
  return error instanceof ApiError && error.status === 400 ? wrong : errorText(error);
}
