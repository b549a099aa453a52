import { useTranslation } from 'react-i18next';
import type { ImportCounts } from '../api/imports';
import classes from './ImportBar.module.css';

const PARTS = ['done', 'duplicate', 'failed', 'cancelled'] as const;

/** How many lines are through, and how they ended. */
export function ImportBar({ counts }: { counts: ImportCounts }) {
  const { t } = useTranslation('importing');
  const through = PARTS.reduce((sum, part) => sum + counts[part], 0);
  return (
    <div
      className={classes.bar}
      role="progressbar"
      aria-label={t('live.progress')}
      aria-valuemin={0}
      aria-valuemax={counts.total}
      aria-valuenow={through}
    >
      {PARTS.map((part) => (
        <span
          key={part}
          data-part={part}
          style={{ width: `${counts.total === 0 ? 0 : (100 * counts[part]) / counts.total}%` }}
        />
      ))}
    </div>
  );
}
