import { Button, Group } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { rowsOf } from '@/lib/paging';
import {
  type ChangeKind,
  changesQuery,
  type Diff,
  diffQuery,
  isUnderway,
  KINDS,
} from '../../api/snapshots';
import { ChangeList } from './ChangeList';

/** What differs between two moments: how much of each kind, and task by task. */
export function DiffView({ diff }: { diff: string }) {
  const { t } = useTranslation('snapshots');
  const found = useQuery({
    ...diffQuery(diff),
    refetchInterval: ({ state }) => (state.data && isUnderway(state.data) ? 1000 : false),
  });
  if (found.isError) return <ErrorNotice error={found.error} />;
  if (!found.data || isUnderway(found.data)) return <Loading count={2} height={120} />;
  const { state, error, before, after } = found.data;
  if (state === 'failed') return <p role="alert">{error || t('failed')}</p>;
  const names = { before: before.name, after: after?.name ?? t('compare.now') };
  return (
    <section aria-label={t('diff.between', names)}>
      <h3>{t('diff.between', names)}</h3>
      <Changes found={found.data} />
    </section>
  );
}

function Changes({ found }: { found: Diff }) {
  const { t } = useTranslation('snapshots');
  const [kind, setKind] = useState<ChangeKind | null>(null);
  const changes = useInfiniteQuery(changesQuery(found.id, kind));
  const rows = rowsOf(changes.data);
  if (Object.keys(found.counts).length === 0) {
    return <EmptyState icon="check" title={t('diff.noneTitle')} text={t('diff.noneText')} />;
  }
  return (
    <>
      <Group gap="xs" my="sm" role="group" aria-label={t('diff.filter')}>
        {KINDS.filter((each) => each in found.counts).map((each) => (
          <Button
            key={each}
            size="xs"
            variant={each === kind ? 'filled' : 'default'}
            aria-pressed={each === kind}
            onClick={() => {
              setKind(each === kind ? null : each);
            }}
          >
            {t(`kind.${each}`, { n: found.counts[each] ?? 0 })}
          </Button>
        ))}
      </Group>
      {changes.isPending && <Loading count={2} height={120} />}
      {changes.isError && <ErrorNotice error={changes.error} />}
      <ChangeList changes={rows} />
      {changes.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={changes.isFetchingNextPage}
          onClick={() => void changes.fetchNextPage()}
        >
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
    </>
  );
}
