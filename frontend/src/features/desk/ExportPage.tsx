import { Button, Stack } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Page, Section } from '@/components/Page';
import { type Dataset, useDataset } from '@/lib/datasets';
import { rowsOf } from '@/lib/paging';
import { createExport, exportsQuery, isRunning } from './api/exports';
import { ExportTable } from './components/ExportTable';
import { ExportFields } from './export/ExportFields';
import { FIRST, frozen } from './export/formats';
import { MomentField } from './export/MomentField';

export function ExportPage() {
  const { t } = useTranslation('desk');
  const dataset = useDataset();
  const exports = useInfiniteQuery({
    ...exportsQuery(dataset.slug),
    refetchInterval: ({ state }) => (rowsOf(state.data).some(isRunning) ? 1000 : false),
  });
  const rows = rowsOf(exports.data);
  return (
    <Page sub title={t('export.title')} intro={t('export.intro')}>
      <NewExport dataset={dataset} />
      {exports.isError && (
        <ErrorNotice error={exports.error} onRetry={() => void exports.refetch()} />
      )}
      {rows.length > 0 && (
        <Section title={t('export.past')}>
          <ExportTable exports={rows} />
        </Section>
      )}
      {exports.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => void exports.fetchNextPage()}>
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
    </Page>
  );
}

function NewExport({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('desk');
  const client = useQueryClient();
  const [order, setOrder] = useState(FIRST);
  const [snapshot, setSnapshot] = useState(useSearch({ strict: false }).snapshot ?? null);
  const create = useMutation({
    mutationFn: () => createExport(dataset.slug, snapshot ? frozen(order, snapshot) : order),
    onSuccess: () => client.invalidateQueries({ queryKey: exportsQuery(dataset.slug).queryKey }),
  });
  return (
    <Stack align="flex-start">
      <MomentField
        slug={dataset.slug}
        value={snapshot}
        onChange={(changed) => {
          create.reset();
          setSnapshot(changed);
        }}
      />
      <ExportFields
        dataset={dataset}
        value={order}
        frozen={snapshot !== null}
        onChange={(changed) => {
          create.reset();
          setOrder(changed);
        }}
      />
      {create.error && <ErrorNotice error={create.error} />}
      <Button loading={create.isPending} onClick={() => create.mutate()}>
        {t('export.submit')}
      </Button>
    </Stack>
  );
}
