import { Button, Radio, SegmentedControl, Stack } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Page, Section } from '@/components/Page';
import { type Dataset, hasLabels, useDataset } from '@/lib/datasets';
import { rowsOf } from '@/lib/paging';
import { createExport, type Export, exportsQuery, isRunning } from './api/exports';
import { ExportTable } from './components/ExportTable';

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

const FORMATS = ['jsonl', 'coco'] as const;
const WHICH = ['final', 'answers', 'both'] as const;

function NewExport({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('desk');
  const client = useQueryClient();
  const [format, setFormat] = useState<(typeof FORMATS)[number]>('jsonl');
  const [which, setWhich] = useState<Export['which']>('final');
  const create = useMutation({
    mutationFn: () =>
      createExport(dataset.slug, { format, which: format === 'coco' ? 'final' : which }),
    onSuccess: () => client.invalidateQueries({ queryKey: exportsQuery(dataset.slug).queryKey }),
  });
  // COCO knows boxes and polygons only, and one answer for each image.
  const formats = FORMATS.filter((f) => f !== 'coco' || hasLabels(dataset.interface));
  return (
    <Stack align="flex-start">
      <Radio.Group
        label={t('export.format')}
        value={format}
        onChange={(value) => setFormat(value as typeof format)}
      >
        <Stack gap="xs" mt={6}>
          {formats.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`export.${value}`)}
              description={t(`export.${value}Text`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {format === 'jsonl' && (
        <SegmentedControl
          aria-label={t('export.which')}
          value={which}
          onChange={setWhich}
          data={WHICH.map((value) => ({ value, label: t(`export.${value}`) }))}
        />
      )}
      {create.error && <ErrorNotice error={create.error} />}
      <Button loading={create.isPending} onClick={() => create.mutate()}>
        {t('export.submit')}
      </Button>
    </Stack>
  );
}
