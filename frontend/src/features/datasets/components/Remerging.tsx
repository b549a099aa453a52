import { Button, Group, Progress, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import type { ReviewPolicy } from '@/lib/datasets';
import { type Forecast, forecast, remerge, remergeQuery } from '../api/remerging';

/** What a review policy would change on finished images, and the way to let them follow it. */
export function Remerging(props: { slug: string; policy: ReviewPolicy; saved: boolean }) {
  const { t } = useTranslation('datasets');
  const { slug, policy, saved } = props;
  const client = useQueryClient();
  const standing = useQuery(remergeQuery(slug));
  const look = useMutation({ mutationFn: () => forecast(slug, policy) });
  const start = useMutation({
    mutationFn: () => remerge(slug),
    onSettled: () => client.invalidateQueries(remergeQuery(slug)),
  });
  const { state = null, done = 0, total = null } = standing.data ?? {};
  const going = state === 'queued' || state === 'running';
  return (
    <Stack gap="xs" ml={30}>
      <Group gap="sm">
        <Button variant="default" size="xs" loading={look.isPending} onClick={() => look.mutate()}>
          {t('remerge.look')}
        </Button>
        {look.data && saved && !going && (
          <Button size="xs" loading={start.isPending} onClick={() => start.mutate()}>
            {t('remerge.start')}
          </Button>
        )}
      </Group>
      {look.error && <ErrorNotice error={look.error} />}
      {start.error && <ErrorNotice error={start.error} />}
      {look.data && <Told forecast={look.data} />}
      {look.data && !saved && (
        <Text size="xs" c="dimmed">
          {t('remerge.saveFirst')}
        </Text>
      )}
      {going && (
        <div role="status">
          <Progress
            value={total ? (100 * done) / total : 0}
            animated
            aria-label={t('remerge.label')}
          />
          <Text size="sm">{t('remerge.going', { done, total: total ?? 0 })}</Text>
        </div>
      )}
      {state === 'failed' && (
        <Text size="sm" role="alert">
          {t('remerge.failed')}
        </Text>
      )}
    </Stack>
  );
}

const STATES = ['final', 'answered', 'conflicted'] as const;

function Told({ forecast: told }: { forecast: Forecast }) {
  const { t } = useTranslation('datasets');
  if (told.looked_at === 0) return <Text size="sm">{t('remerge.nothing')}</Text>;
  const share = (count: number) => `${Math.round((100 * count) / told.looked_at)} %`;
  return (
    <Stack gap={4} align="start" role="status">
      <Text size="sm">
        {t(told.looked_at < told.finished ? 'remerge.sample' : 'remerge.all', {
          count: told.finished,
          looked: told.looked_at,
        })}
      </Text>
      <Table w="auto" withRowBorders={false} verticalSpacing={2}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th />
            <Table.Th ta="right">{t('remerge.before')}</Table.Th>
            <Table.Th ta="right">{t('remerge.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {STATES.map((state) => (
            <Table.Tr key={state}>
              <Table.Th fw={400} ta="start">
                {t(`remerge.${state}`)}
              </Table.Th>
              <Table.Td ta="right">{share(told.before[state])}</Table.Td>
              <Table.Td ta="right">{share(told.after[state])}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {told.moved_px !== null && (
        <Text size="sm">
          {t('remerge.moved', { count: told.moved, px: told.moved_px.toFixed(1) })}
        </Text>
      )}
      {told.labels > 0 && <Text size="sm">{t('remerge.labels', { count: told.labels })}</Text>}
    </Stack>
  );
}
