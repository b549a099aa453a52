import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { useSlug } from '@/lib/slug';
import { taskStoryQuery, unlockTask } from '../api/tasks';
import classes from './GoldAction.module.css';

/** Opens a decided task again, with a reason; what that does is said beside it. */
export function UnlockAction({ task }: { task: string }) {
  const { t } = useTranslation('desk');
  const client = useQueryClient();
  const slug = useSlug();
  const [reason, setReason] = useState('');
  const unlock = useMutation({
    mutationFn: () => unlockTask(task, reason.trim()),
    onSuccess: async () => {
      await client.invalidateQueries(taskStoryQuery(task));
      await client.invalidateQueries({ queryKey: ['dataset', slug] });
      setReason('');
    },
  });
  return (
    <form
      className={classes.gold}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') unlock.mutate();
      }}
    >
      {unlock.error && <ErrorNotice error={unlock.error} />}
      <p>{t('unlock.does')}</p>
      <TextInput
        size="xs"
        aria-label={t('unlock.reason')}
        placeholder={t('unlock.reason')}
        value={reason}
        maxLength={2000}
        onChange={(event) => {
          setReason(event.currentTarget.value);
        }}
      />
      <Button
        type="submit"
        variant="default"
        size="xs"
        disabled={reason.trim() === ''}
        loading={unlock.isPending}
      >
        {t('unlock.act')}
      </Button>
    </form>
  );
}
