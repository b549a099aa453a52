import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Section } from '@/components/Page';
import { ago } from '@/lib/format';
import { notify } from '@/lib/notify';
import { newCodes, secondFactorQuery, turnOff } from '../api/secondFactor';
import { PasswordStep } from './PasswordStep';
import { RecoveryCodes } from './RecoveryCodes';
import { SecondFactorSetup } from './SecondFactorSetup';
import classes from './SecondFactor.module.css';

type Act = 'turnOn' | 'newCodes' | 'turnOff';

const FEW = 3;

/** Whether the log-in asks for a code as well, and what one can do about that. */
export function SecondFactor() {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const factor = useQuery(secondFactorQuery);
  const [act, setAct] = useState<Act>();

  async function end() {
    setAct(undefined);
    await client.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
  }

  const on = factor.data?.totp !== undefined;
  return (
    <Section title={t('factor.title')} hint={t('factor.hint')}>
      {factor.isPending && <Loading count={1} height={36} />}
      {factor.isError && <ErrorNotice error={factor.error} onRetry={() => void factor.refetch()} />}
      {factor.isSuccess && (
        <div className={classes.state}>
          {on ? <StateOfIt /> : <p>{t('factor.off')}</p>}
          {(on ? (['newCodes', 'turnOff'] as const) : (['turnOn'] as const)).map((each) => (
            <Button key={each} variant="default" onClick={() => setAct(each)}>
              {t(`factor.${each}`)}
            </Button>
          ))}
        </div>
      )}
      <Modal
        opened={act !== undefined}
        onClose={() => void end()}
        title={act && t(`factor.${act}`)}
        // What is shown once is not closed by a slip of the hand.
        closeOnClickOutside={false}
        centered
      >
        {act === 'turnOn' && <SecondFactorSetup onDone={() => void end()} />}
        {act === 'newCodes' && <NewCodes onDone={() => void end()} />}
        {act === 'turnOff' && <TurnOff onDone={() => void end()} />}
      </Modal>
    </Section>
  );
}

function StateOfIt() {
  const { t, i18n } = useTranslation('people');
  const { data } = useQuery(secondFactorQuery);
  const when = (seconds: number) => ago(new Date(seconds * 1000).toISOString(), i18n.language);
  const { totp, codes } = data ?? {};
  const left = codes?.unused_code_count ?? 0;
  return (
    <p>
      {totp && t('factor.on', { when: when(totp.created_at) })}{' '}
      {totp?.last_used_at != null && t('factor.used', { when: when(totp.last_used_at) })}
      <br />
      <span className={left <= FEW ? classes.few : ''}>
        {t('factor.left', { count: left, total: codes?.total_code_count ?? 0 })}{' '}
        {left <= FEW && t('factor.few')}
      </span>
    </p>
  );
}

function NewCodes({ onDone }: { onDone: () => void }) {
  const make = useMutation({ mutationFn: newCodes });
  if (make.data) return <RecoveryCodes codes={make.data} onDone={onDone} />;
  if (make.error) return <ErrorNotice error={make.error} onRetry={() => make.mutate()} />;
  if (make.isPending) return <Loading count={1} height={200} />;
  return <PasswordStep onDone={() => make.mutate()} />;
}

function TurnOff({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('people');
  const [known, setKnown] = useState(false);
  const off = useMutation({
    mutationFn: turnOff,
    onSuccess: () => {
      onDone();
      void notify(t('factor.offDone'));
    },
  });
  if (!known) return <PasswordStep onDone={() => setKnown(true)} />;
  return (
    <Stack>
      <div>{t('factor.offText')}</div>
      {off.error && <ErrorNotice error={off.error} />}
      <Group justify="flex-end">
        <Button color="red.9" loading={off.isPending} onClick={() => off.mutate()}>
          {t('factor.turnOff')}
        </Button>
      </Group>
    </Stack>
  );
}
