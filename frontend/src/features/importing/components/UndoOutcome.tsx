import { Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Import, undoQuery } from '../api/imports';
import { KeptList } from './KeptList';

/** How far an undo is; once it is over, what went and what stayed. */
export function UndoOutcome({ found }: { found: Import }) {
  const { t } = useTranslation('importing');
  const under = found.state === 'undoing';
  const { data } = useQuery({
    ...undoQuery(found.id, under ? null : found.counts.done),
    refetchInterval: under ? 1000 : false,
  });
  if (!data?.progress) return null;
  const { done, total } = data.progress;
  if (under) {
    const share = total ? (100 * done) / total : 0;
    return <Progress mt="sm" value={share} aria-label={t('undo.progress')} />;
  }
  return (
    <>
      <p role="status">{t('undo.out', { count: done - found.counts.done })}</p>
      {data.forecast && <KeptList kept={data.forecast.kept} />}
    </>
  );
}
