import { Button, Group, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Page, Section } from '@/components/Page';
import { useDataset } from '@/lib/datasets';
import { rowsOf } from '@/lib/paging';
import { createSnapshot, isUnderway, snapshotsQuery } from './api/snapshots';
import { CompareForm } from './components/snapshots/CompareForm';
import { DiffView } from './components/snapshots/DiffView';
import { SnapshotTable } from './components/snapshots/SnapshotTable';

/** Final answers as they were at moments that somebody chose, and what differs between two. */
export function SnapshotsPage() {
  const { t } = useTranslation('snapshots');
  const { slug } = useDataset();
  const { diff } = useSearch({ strict: false });
  const snapshots = useInfiniteQuery({
    ...snapshotsQuery(slug),
    refetchInterval: ({ state }) => (rowsOf(state.data).some(isUnderway) ? 1000 : false),
  });
  const rows = rowsOf(snapshots.data);
  const made = rows.filter(({ state }) => state === 'done');
  return (
    <Page sub title={t('title')} intro={t('intro')}>
      <NewSnapshot slug={slug} />
      {snapshots.isPending && <Loading count={2} height={48} />}
      {snapshots.isError && (
        <ErrorNotice error={snapshots.error} onRetry={() => void snapshots.refetch()} />
      )}
      {snapshots.isSuccess && rows.length === 0 && (
        <EmptyState icon="history" title={t('emptyTitle')} text={t('emptyText')} />
      )}
      {rows.length > 0 && <SnapshotTable snapshots={rows} />}
      {snapshots.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => void snapshots.fetchNextPage()}>
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
      {made.length > 0 && (
        <Section title={t('compare.title')} hint={t('compare.hint')}>
          <CompareForm slug={slug} snapshots={made} />
          {diff && <DiffView key={diff} diff={diff} />}
        </Section>
      )}
    </Page>
  );
}

function NewSnapshot({ slug }: { slug: string }) {
  const { t } = useTranslation('snapshots');
  const client = useQueryClient();
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: () => createSnapshot(slug, name.trim()),
    onSuccess: async () => {
      setName('');
      await client.invalidateQueries({ queryKey: snapshotsQuery(slug).queryKey });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') create.mutate();
      }}
    >
      {create.error && <ErrorNotice error={create.error} />}
      <Group align="flex-end" gap="sm" mb="md">
        <TextInput
          label={t('name')}
          placeholder={t('namePlaceholder')}
          value={name}
          maxLength={100}
          onChange={(event) => {
            setName(event.currentTarget.value);
          }}
        />
        <Button type="submit" disabled={name.trim() === ''} loading={create.isPending}>
          {t('make')}
        </Button>
      </Group>
    </form>
  );
}
