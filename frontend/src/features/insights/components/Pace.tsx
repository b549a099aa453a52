import { useTranslation } from 'react-i18next';
import { formatDuration } from '@/lib/format';
import type { Wire } from '@/lib/wire';
import { FEW } from '../numbers';

/** The median time for one answer, and how far to believe it. */
export function Pace({ pace }: { pace: Wire<'Pace'> }) {
  const { t, i18n } = useTranslation('insights');
  if (pace.median === null) return <span>–</span>;
  return (
    <span title={t('agreement.n', { count: pace.n })}>
      {formatDuration(pace.median, i18n.language)}
      {pace.n < FEW && <small> {t('few')}</small>}
    </span>
  );
}
