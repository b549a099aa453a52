import { Button, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { rememberImport } from '@/lib/begunImports';
import { useDataset } from '@/lib/datasets';
import { formatCount } from '@/lib/format';
import { notifyError } from '@/lib/notify';
import {
  actOnImport,
  type Import,
  type ImportAct,
  importQuery,
  isOver,
  type WatchedImport,
} from '../api/imports';
import { FailedRows } from './FailedRows';
import { ImportBar } from './ImportBar';
import { ImportReport } from './ImportReport';
import classes from './LiveImport.module.css';
import notices from './Refused.module.css';
import { Newest } from './Newest';
import { PaceLine } from './PaceLine';
import { Undo } from './Undo';
import { UndoOutcome } from './UndoOutcome';

/** An import at work, and then what came of it. */
export function LiveImport({ id, slug }: { id: string; slug: string }) {
  const { t } = useTranslation('importing');
  const found = useQuery(importQuery(id));
  useRefreshWhenOver(found.data, slug);
  return (
    <Page
      title={found.data?.name ?? t('live.title')}
      action={
        <Link to="/datasets/$slug/import" params={{ slug }}>
          {t('live.another')}
        </Link>
      }
    >
      {found.isPending && <Loading count={1} height={120} />}
      {found.isError && <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Body found={found.data} slug={slug} />}
    </Page>
  );
}

const SHOWN = ['done', 'duplicate', 'failed', 'fetching', 'queued', 'cancelled'] as const;

function Body({ found, slug }: { found: WatchedImport; slug: string }) {
  const { t, i18n } = useTranslation('importing');
  const { counts, state } = found;
  const over = isOver(state);
  return (
    <>
      <p className={classes.state}>
        <span role="status">{t(`state.${state}`, { count: counts.total })}</span>
        {found.reading && state !== 'reading' && ` · ${t('live.soFar', { count: counts.total })}`}
        <PaceLine found={found} />
      </p>
      {found.error !== '' && (
        <p role="alert" className={notices.refused}>
          {found.error}
        </p>
      )}
      {found.encoding !== '' && found.encoding !== 'utf-8' && (
        <p className={classes.state}>
          {t('live.readAs', { encoding: t(`encoding.${found.encoding}`) })}
        </p>
      )}
      {(counts.total > 0 || state !== 'failed') && (
        <>
          <ImportBar found={found} />
          <ul className={classes.counts} aria-label={t('live.counts')}>
            {SHOWN.filter((part) => counts[part] > 0 || part === 'done').map((part) => (
              <li key={part} data-part={part}>
                <b>{formatCount(counts[part], i18n.language)}</b>{' '}
                {t(part === 'cancelled' && isTakenOut(state) ? 'count.undone' : `count.${part}`)}
              </li>
            ))}
          </ul>
        </>
      )}
      {found.fetch === 'reference' && <p>{t('live.reference')}</p>}
      {isTakenOut(state) && <UndoOutcome found={found} />}
      <Acts found={found} />
      {counts.done > 0 && <Newest id={found.id} done={counts.done} />}
      {over && counts.done > 0 && (
        <p>
          <NextStep slug={slug} />
        </p>
      )}
      {counts.failed > 0 && <FailedRows found={found} />}
      {over && <ImportReport found={found} />}
    </>
  );
}

/** Where people pick among images, these are put into groups first. */
function NextStep({ slug }: { slug: string }) {
  const { t } = useTranslation('importing');
  return useDataset().interface === 'image_choice' ? (
    <Link to="/datasets/$slug/groups" params={{ slug }}>
      {t('live.group')}
    </Link>
  ) : (
    <Link to="/datasets/$slug/data" params={{ slug }}>
      {t('live.see')}
    </Link>
  );
}

function Acts({ found }: { found: Import }) {
  const { t } = useTranslation('importing');
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (wanted: ImportAct) => actOnImport(found.id, wanted),
    onError: notifyError,
    onSuccess: (_, wanted) => {
      if (wanted === 'retry' || wanted === 'resume') rememberImport(found.id);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['import', found.id] }),
  });
  return (
    <Group gap="xs" mt="md">
      {actsFor(found).map((wanted) => (
        <Button
          key={wanted}
          variant="default"
          loading={act.isPending && act.variables === wanted}
          onClick={() => act.mutate(wanted)}
        >
          {t(`act.${wanted}`, { count: found.counts.failed })}
        </Button>
      ))}
      {canBeUndone(found) && <Undo found={found} />}
    </Group>
  );
}

function actsFor({ state, counts }: Import): ImportAct[] {
  if (state === 'paused' || state === 'storage_full') return ['resume', 'cancel'];
  if (state === 'running') return ['pause', 'cancel'];
  if (state === 'reading') return ['cancel'];
  return counts.failed > 0 && state === 'done' ? ['retry'] : [];
}

function isTakenOut(state: Import['state']): boolean {
  return state === 'undoing' || state === 'undone';
}

/** There is something to take out, and nothing else comes in. */
function canBeUndone({ state, counts }: Import): boolean {
  return counts.done > 0 && (isOver(state) || state === 'paused');
}

/** New images change what every other page of the dataset shows; as many rows may have failed after
    a retry as before it, but not the same. */
function useRefreshWhenOver(found: Import | undefined, slug: string) {
  const client = useQueryClient();
  const over = found !== undefined && isOver(found.state);
  const { id, finished_at: when } = found ?? {};
  useEffect(() => {
    if (!over) return;
    void client.invalidateQueries({ queryKey: ['import', id, 'rows'] });
    void client.invalidateQueries({ queryKey: ['import', id, 'failures'] });
    void client.invalidateQueries({ queryKey: ['dataset', slug] });
    void client.invalidateQueries({ queryKey: ['home'] });
  }, [client, id, over, slug, when]);
}
