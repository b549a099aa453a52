import { useTranslation } from 'react-i18next';
import type { Import } from '../api/imports';
import classes from './ImportBar.module.css';

const PARTS = ['done', 'duplicate', 'failed', 'cancelled'] as const;

/** How many lines are through, and how they ended; of how many, where that is known already. */
export function ImportBar({ found: { counts, reading } }: { found: Import }) {
  const { t } = useTranslation('importing');
  const through = PARTS.reduce((sum, part) => sum + counts[part], 0);
  return (
    <div
      className={classes.bar}
      role="progressbar"
      aria-label={t('live.progress')}
      aria-valuemin={0}
      aria-valuemax={reading ? undefined : counts.total}
      aria-valuenow={reading ? undefined : through}
      data-growing={reading || undefined}
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
