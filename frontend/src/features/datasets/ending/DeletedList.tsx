import { Button, Group, Stack } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/Page';
import { meQuery } from '@/lib/me';
import { notifyError } from '@/lib/notify';
import { type Deleted, deletedQuery, restoreDataset } from '../api/ending';

/** Deleted datasets that this person can bring back, and until when; nothing where there are none. */
export function DeletedList() {
  const { t } = useTranslation('datasets');
  const { data } = useInfiniteQuery(deletedQuery);
  const rows = data?.pages.flatMap(({ results }) => results) ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={t('deletedList.title')} hint={t('deletedList.hint')}>
      <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </Stack>
    </Section>
  );
}

function Row({ row }: { row: Deleted }) {
  const { t } = useTranslation('datasets');
  const client = useQueryClient();
  const restore = useMutation({
    mutationFn: () => restoreDataset(row),
    onError: notifyError,
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['deleted datasets'] });
      await client.invalidateQueries({ queryKey: ['home'] });
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
  const day = new Date(row.purge_at).toLocaleDateString();
  return (
    <Group component="li" justify="space-between">
      <span>
        <b>{row.name}</b> {t('deletedList.until', { day, by: row.deleted_by ?? '–' })}
      </span>
      <Button
        size="xs"
        variant="default"
        loading={restore.isPending}
        aria-label={t('deletedList.restoreOf', { name: row.name })}
        onClick={() => restore.mutate()}
      >
        {t('deletedList.restore')}
      </Button>
    </Group>
  );
}
