import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Icon } from '@/components/Icon';
import { type Fitting as Standing, fittingQuery, retryFitting } from '../api/fitting';
import classes from './Fitting.module.css';

/** What follows from changed settings, and images that nobody can get; nothing while all is well. */
export function Fitting({ slug }: { slug: string }) {
  const fitting = useQuery(fittingQuery(slug));
  if (fitting.error) {
    return <ErrorNotice error={fitting.error} onRetry={() => void fitting.refetch()} />;
  }
  if (!fitting.data) return null;
  const { state } = fitting.data;
  return (
    <>
      {(state === 'waiting' || state === 'running') && <Going standing={fitting.data} />}
      {state === 'failed' && <Failed slug={slug} />}
      <Strangers standing={fitting.data} />
    </>
  );
}

function Going({ standing: { done, total } }: { standing: Standing }) {
  const { t } = useTranslation('datasets');
  return (
    <div className={classes.notice} role="status">
      <Progress
        value={total === 0 ? 0 : (100 * done) / total}
        animated
        aria-label={t('fitting.label')}
      />
      <p>{t('fitting.going', { done, total })}</p>
    </div>
  );
}

function Failed({ slug }: { slug: string }) {
  const { t } = useTranslation('datasets');
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () => retryFitting(slug),
    onSettled: () => client.invalidateQueries(fittingQuery(slug)),
  });
  return (
    <div className={classes.notice} role="alert">
      <p>
        <Icon name="alert" /> {t('fitting.failed')}
      </p>
      <Button variant="default" size="xs" loading={retry.isPending} onClick={() => retry.mutate()}>
        {t('action.retry', { ns: 'shell' })}
      </Button>
    </div>
  );
}

function Strangers({ standing }: { standing: Standing }) {
  const { t } = useTranslation('datasets');
  const { for_nobody: count, strangers } = standing;
  if (count === 0 && strangers.length === 0) return null;
  return (
    <div className={classes.notice} role="status">
      <p>
        <Icon name="alert" />{' '}
        {count > 0 ? t('fitting.forNobody', { count }) : t('fitting.strangers')}
      </p>
      {strangers.length > 0 && (
        <>
          <p>{t('fitting.who')}</p>
          <ul>
            {strangers.map((address) => (
              <li key={address}>{address}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
