import { Progress, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { relabellingQuery, usageQuery } from '../api/labels';

/** How far answers are compared anew after labels were merged; nothing while nothing goes on. */
export function Relabelling({ slug }: { slug: string }) {
  const { t } = useTranslation('datasets');
  const client = useQueryClient();
  const { data } = useQuery(relabellingQuery(slug));
  const { state = null, done = 0, total = null, held = 0 } = data ?? {};
  const going = state === 'queued' || state === 'running';
  const went = useRef(false);
  useEffect(() => {
    if (went.current && !going) void client.invalidateQueries(usageQuery(slug));
    went.current = going;
  }, [going, client, slug]);
  if (state === 'failed') {
    return (
      <Text size="sm" role="alert" mb="xs">
        {t('merging.failed')}
      </Text>
    );
  }
  if (!going) return null;
  const waits = held > 0 && done === total;
  return (
    <div role="status" style={{ marginBottom: 12 }}>
      <Progress
        value={total ? (100 * done) / total : 0}
        animated={!waits}
        aria-label={t('merging.progress')}
      />
      <Text size="sm">
        {waits
          ? t('merging.held', { count: held })
          : t('merging.going', { done, total: total ?? 0 })}
      </Text>
    </div>
  );
}
