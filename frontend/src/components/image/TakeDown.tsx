import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { ApiError } from '@/lib/http';
import { takeDown } from '@/lib/images';
import { notify } from '@/lib/notify';
import classes from './ImageActs.module.css';
import { useRefresh } from './useRefresh';

type Asked = 'no' | 'first' | 'answers';

/** Takes an image down once that is confirmed, and once more where people have worked on it. */
export function TakeDown({ image, onGone }: { image: string; onGone: () => void }) {
  const { t } = useTranslation('images');
  const [asked, setAsked] = useState<Asked>('no');
  const refresh = useRefresh();
  const take = useMutation({
    mutationFn: () => takeDown(image, asked === 'answers'),
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'has_work') setAsked('answers');
    },
    onSuccess: async () => {
      onGone();
      void notify(t('takeDown.gone'));
      await refresh();
    },
  });
  const failed = take.isError && asked !== 'answers';
  return (
    <div className={classes.act}>
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
