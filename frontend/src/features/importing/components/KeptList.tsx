import { useTranslation } from 'react-i18next';
import type { Kept } from '../api/imports';

const REASONS = ['answered', 'begun', 'noted', 'in_use'] as const;

/** How many images stay when an import is undone, and why. */
export function KeptList({ kept }: { kept: Kept }) {
  const { t } = useTranslation('importing');
  const all = REASONS.reduce((sum, reason) => sum + kept[reason], 0);
  if (all === 0) return null;
  return (
    <>
      <p>{t('undo.stay', { count: all })}</p>
      <ul>
        {REASONS.filter((reason) => kept[reason] > 0).map((reason) => (
          <li key={reason}>{t(`undo.kept.${reason}`, { count: kept[reason] })}</li>
        ))}
      </ul>
    </>
  );
}
