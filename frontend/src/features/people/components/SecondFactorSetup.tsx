import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { errorText } from '@/lib/errorText';
import { ApiError } from '@/lib/http';
import { newKey, turnOn } from '../api/secondFactor';
import { PasswordStep } from './PasswordStep';
import { RecoveryCodes } from './RecoveryCodes';
import classes from './SecondFactor.module.css';

/** From the password over the key in somebody's app to the codes for the day when that is lost. */
export function SecondFactorSetup({ onDone }: { onDone: () => void }) {
  const [known, setKnown] = useState(false);
  const [codes, setCodes] = useState<string[]>();
  if (!known) return <PasswordStep onDone={() => setKnown(true)} />;
  if (codes === undefined) return <KeyStep onDone={setCodes} />;
  return <RecoveryCodes codes={codes} onDone={onDone} />;
}

function KeyStep({ onDone }: { onDone: (codes: string[]) => void }) {
  const { t } = useTranslation('people');
  // Every key that is made puts the one before it out of use: not again behind the reader's back.
  const key = useQuery({
    queryKey: ['new-second-factor'],
    queryFn: newKey,
    staleTime: Infinity,
    gcTime: 0,
  });
  if (key.isPending) return <Loading count={1} height={360} />;
  if (key.isError) return <ErrorNotice error={key.error} onRetry={() => void key.refetch()} />;
  return (
    <Stack>
      <div>{t('factor.scan')}</div>
      <img className={classes.picture} src={key.data.picture} alt={t('factor.picture')} />
      <div>
        {t('factor.byHand')}
        <br />
        <code className={classes.key}>{inFours(key.data.secret)}</code>
      </div>
      <ProofForm onDone={onDone} />
    </Stack>
  );
}

function ProofForm({ onDone }: { onDone: (codes: string[]) => void }) {
  const { t } = useTranslation('people');
  const [code, setCode] = useState('');
  const prove = useMutation({
    mutationFn: () => turnOn(code.replace(/\s/g, '')),
    onSuccess: onDone,
  });
  const wrong = prove.error instanceof ApiError && prove.error.status === 400;

  function submit(event: FormEvent) {
    event.preventDefault();
    prove.mutate();
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('factor.code')}
          description={t('factor.codeHint')}
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          withAsterisk={false}
          value={code}
          error={prove.error && (wrong ? t('factor.wrongCode') : errorText(prove.error))}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={prove.isPending}>
            {t('factor.turnOn')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Groups that an eye can carry from one screen to another. */
function inFours(key: string): string {
  return key.replace(/(.{4})(?=.)/g, '$1 ');
}
