import { Progress } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { progressQuery } from '@/lib/datasets';
import { cloningQuery } from '../api/cloning';
import classes from './Fitting.module.css';

/** How far the images of a clone are; nothing where none are on their way. */
export function Cloning({ slug }: { slug: string }) {
  const { t } = useTranslation('datasets');
  const client = useQueryClient();
  const { data } = useQuery(cloningQuery(slug));
  const { state = null, done = 0, total = null } = data ?? {};
  const going = state === 'queued' || state === 'running';
  const went = useRef(false);
  useEffect(() => {
    if (went.current && !going) void client.invalidateQueries(progressQuery(slug));
    went.current = going;
  }, [going, client, slug]);
  if (state === 'failed') {
    return (
      <div className={classes.notice} role="alert">
        <p>
          <Icon name="alert" /> {t('clone.failed', { count: done })}
        </p>
      </div>
    );
  }
  if (!going) return null;
  return (
    <div className={classes.notice} role="status">
      <Progress
        value={total ? (100 * done) / total : 0}
        animated
        aria-label={t('clone.progress')}
      />
      <p>{t('clone.going', { done, total: total ?? '…' })}</p>
    </div>
  );
}
