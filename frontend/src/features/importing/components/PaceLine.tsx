import { useTranslation } from 'react-i18next';
import { formatDuration } from '@/lib/format';
import type { WatchedImport } from '../api/imports';
import { paceOf } from '../pace';

/** How fast it goes, and how long it will take at that. */
export function PaceLine({ found }: { found: WatchedImport }) {
  const { t, i18n } = useTranslation('importing');
  const pace = paceOf(found.samples, found.reading ? null : found.counts.total);
  if (pace === null) return null;
  const rate = new Intl.NumberFormat(i18n.language, { maximumSignificantDigits: 2 });
  const left = pace.left === null ? null : formatDuration(pace.left, i18n.language);
  return (
    <span>
      {' · '}
      {t('live.rate', { rate: rate.format(pace.rate) })}
      {left !== null && ` · ${t('live.left', { left })}`}
    </span>
  );
}
