import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Section } from '@/components/Page';
import tables from '@/components/Table.module.css';
import { ago } from '@/lib/format';
import { notifyError } from '@/lib/notify';
import { rowsOf } from '@/lib/paging';
import {
  cancelComposition,
  type Composition,
  compositionsQuery,
  isRunning,
} from '../api/compositions';
import classes from './Runs.module.css';

const LOOK_AGAIN = 1000;

/** What has been made so far, and the run at work. */
export function Runs({ slug }: { slug: string }) {
  const { t } = useTranslation('composing');
  const runs = useInfiniteQuery({
    ...compositionsQuery(slug),
    refetchInterval: ({ state }) => (rowsOf(state.data).some(isRunning) ? LOOK_AGAIN : false),
  });
  const rows = rowsOf(runs.data);
  useRefreshWhenOver(slug, rows.some(isRunning));
  if (runs.error) return <ErrorNotice error={runs.error} onRetry={() => void runs.refetch()} />;
  if (rows.length === 0) return null;
  return (
    <Section
      title={t('runs.title')}
      action={
        <Link to="/datasets/$slug/data" params={{ slug }}>
          {t('runs.see')}
        </Link>
      }
    >
      <div className={tables.scroll}>
        <table className={tables.table} data-stack>
          <tbody>
            {rows.map((run) => (
              <Run key={run.id} run={run} slug={slug} />
            ))}
          </tbody>
        </table>
      </div>
      {runs.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => void runs.fetchNextPage()}>
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
    </Section>
  );
}

function Run({ run, slug }: { run: Composition; slug: string }) {
  const { t, i18n } = useTranslation('composing');
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelComposition(run.id),
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: compositionsQuery(slug).queryKey }),
  });
  return (
    <tr>
      <td data-wide>
        {t(`strategy.${run.strategy}`)}
        <span className={classes.recipe}>
          {t('runs.recipe', { ...run, share: Math.round(100 * run.known_share) })}
        </span>
      </td>
      <td>{ago(run.created_at, i18n.language)}</td>
      <td>
        <span role="status" className={classes.progress}>
          {isRunning(run) && (
            <progress
              value={run.done}
              max={Math.max(run.total, 1)}
              aria-label={t('state.running')}
            />
          )}
          {t(`state.${run.state}`, { done: run.done, total: run.total })}
        </span>
        {run.error !== '' && <p role="alert">{run.error}</p>}
      </td>
      <td data-number>
        {isRunning(run) && (
          <Button
            variant="default"
            size="xs"
            loading={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            {t('runs.stop')}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** New groups change what every other page of the dataset shows. */
function useRefreshWhenOver(slug: string, running: boolean) {
  const client = useQueryClient();
  useEffect(() => {
    if (!running) return;
    return () => {
      void client.invalidateQueries({ queryKey: ['dataset', slug] });
      void client.invalidateQueries({ queryKey: ['home'] });
    };
  }, [client, slug, running]);
}
