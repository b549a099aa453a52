import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { ApiError } from '@/lib/http';
import { notify } from '@/lib/notify';
import { useSlug } from '@/lib/slug';
import { takeDown } from '../api/tasks';
import classes from './GoldAction.module.css';

type Asked = 'no' | 'first' | 'answers';

/** Takes an image down once that is confirmed, and once more where people have worked on it. */
export function TakeDown({ image, onGone }: { image: string; onGone: () => void }) {
  const { t } = useTranslation('desk');
  const [asked, setAsked] = useState<Asked>('no');
  const client = useQueryClient();
  const slug = useSlug();
  const take = useMutation({
    mutationFn: () => takeDown(image, asked === 'answers'),
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'has_work') setAsked('answers');
    },
    onSuccess: async () => {
      onGone();
      void notify(t('takeDown.gone'));
      await client.invalidateQueries({ queryKey: ['dataset', slug] });
      await client.invalidateQueries({ queryKey: ['home'] });
    },
  });
  const failed = take.isError && asked !== 'answers';
  return (
    <div className={classes.gold}>
      {failed && <ErrorNotice error={take.error} />}
      <p role={asked === 'no' ? undefined : 'status'}>{t(`takeDown.asked.${asked}`)}</p>
      {asked === 'no' ? (
        <Button variant="default" size="xs" onClick={() => setAsked('first')}>
          {t('takeDown.open')}
        </Button>
      ) : (
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={() => setAsked('no')}>
            {t('takeDown.keep')}
          </Button>
          <Button color="red.9" size="xs" loading={take.isPending} onClick={() => take.mutate()}>
            {t(asked === 'answers' ? 'takeDown.withAnswers' : 'takeDown.go')}
          </Button>
        </Group>
      )}
    </div>
  );
}
