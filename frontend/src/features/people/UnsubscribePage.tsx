import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { stopMails, stopQuery } from './api/unsubscribe';
import { FormCard } from './components/FormCard';

/** Where the link of a mail leads. It takes a click: mails are opened by machines, too. */
export function UnsubscribePage() {
  const { t } = useTranslation('notices');
  const { mails = '' } = useParams({ strict: false });
  const found = useQuery(stopQuery(mails));
  const stop = useMutation({ mutationFn: () => stopMails(mails) });
  if (found.isPending) return <Loading count={1} height={200} />;
  if (found.isError) {
    return (
      <FormCard title={t('stop.deadTitle')}>
        <p>{t('stop.deadText')}</p>
        <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />
      </FormCard>
    );
  }
  const kinds = found.data.kinds.map((kind) => t(`wishes.kind.${kind}`));
  return (
    <FormCard title={t(stop.isSuccess ? 'stop.doneTitle' : 'stop.title')}>
      <ul>
        {kinds.map((kind) => (
          <li key={kind}>{kind}</li>
        ))}
      </ul>
      <p role="status">{t(stop.isSuccess ? 'stop.doneText' : 'stop.text')}</p>
      {stop.isError && <ErrorNotice error={stop.error} />}
      {!stop.isSuccess && (
        <Button fullWidth loading={stop.isPending} onClick={() => stop.mutate()}>
          {t('stop.submit')}
        </Button>
      )}
    </FormCard>
  );
}
