import { useTranslation } from 'react-i18next';
import { ago, formatCount } from '@/lib/format';
import type { Insights } from '../api/insights';
import classes from './Measured.module.css';

/** When what follows was measured, and of how much. */
export function Measured({ measured }: { measured: Insights['measured'] }) {
  const { t, i18n } = useTranslation('insights');
  if (measured === null) return <p className={classes.line}>{t('measured.soon')}</p>;
  const { tasks, of, decided } = measured.part;
  const counts = {
    tasks: formatCount(tasks, i18n.language),
    of: formatCount(of, i18n.language),
    decided: formatCount(decided, i18n.language),
  };
  return (
    <p className={classes.line}>
      {t('measured.when', { when: ago(measured.measured_at, i18n.language) })}{' '}
      {t(tasks < of ? 'measured.part' : 'measured.all', counts)}
    </p>
  );
}
