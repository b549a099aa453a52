import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { useSlug } from '@/lib/slug';
import { makeGold, retireGold, taskStoryQuery } from '../api/tasks';
import classes from './GoldAction.module.css';

/** Makes gold of a final answer with one press, or takes that back. */
export function GoldAction({ task }: { task: string }) {
  const { t } = useTranslation('desk');
  const client = useQueryClient();
  const slug = useSlug();
  const story = useQuery(taskStoryQuery(task));
  const gold = story.data?.gold;
  const change = useMutation({
    mutationFn: () => (gold ? retireGold(task) : makeGold(task)).then(() => undefined),
    onSettled: async () => {
      await client.invalidateQueries(taskStoryQuery(task));
      await client.invalidateQueries({ queryKey: ['dataset', slug, 'gold'] });
    },
  });
  const error = story.error ?? change.error;
  return (
    <div className={classes.gold}>
      {error && <ErrorNotice error={error} />}
      <p>{gold ? t('gold.is', { name: gold.made_by }) : t('gold.isNot')}</p>
      <Button
        variant="default"
        size="xs"
        disabled={!story.data}
        loading={change.isPending}
        onClick={() => change.mutate()}
      >
        {t(gold ? 'gold.retire' : 'gold.make')}
      </Button>
    </div>
  );
}
