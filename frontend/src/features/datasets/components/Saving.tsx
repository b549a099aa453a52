import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { type Dataset, datasetQuery } from '@/lib/datasets';
import { ApiError } from '@/lib/http';
import { notify } from '@/lib/notify';
import { changeDataset, type DatasetChange } from '../api/changeDataset';
import { type Effect, effectsQuery } from '../api/effects';

export function SaveError({ error, dataset }: { error: Error; dataset: Dataset }) {
  const { t } = useTranslation('datasets');
  const client = useQueryClient();
  if (!(error instanceof ApiError) || error.status !== 412) return <ErrorNotice error={error} />;
  return (
    <Group role="alert">
      {t('settings.stale')}
      <Button
        variant="default"
        size="xs"
        onClick={() => void client.invalidateQueries(datasetQuery(dataset.slug))}
      >
        {t('settings.reload')}
      </Button>
    </Group>
  );
}

/**
 * Saves changes; where they touch what people have done, `asks` has all that would follow, and it
 * goes on with `sure`, or not with `leave`.
 */
export function useSaving(dataset: Dataset) {
  const { t } = useTranslation('datasets');
  const client = useQueryClient();
  const [asks, setAsks] = useState<readonly Effect[]>([]);
  const save = useMutation({
    mutationFn: (changes: DatasetChange) => changeDataset(dataset, changes),
    onSuccess: async () => {
      void notify(t('settings.saved'));
      await client.invalidateQueries({ queryKey: ['dataset', dataset.slug] });
      await client.invalidateQueries({ queryKey: ['home'] });
    },
  });
  const look = useMutation({
    mutationFn: (changes: DatasetChange) => client.fetchQuery(effectsQuery(dataset.slug, changes)),
    onSuccess: ({ effects }, changes) => {
      if (effects.some(({ touches }) => touches)) setAsks(effects);
      else save.mutate(changes);
    },
  });
  return {
    error: look.error ?? save.error,
    isPending: look.isPending || save.isPending,
    submit: (changes: DatasetChange) => {
      save.reset();
      look.mutate(changes);
    },
    asks,
    sure: (changes: DatasetChange) => {
      setAsks([]);
      save.mutate(changes);
    },
    leave: () => setAsks([]),
  };
}
