import { useTranslation } from 'react-i18next';
import type { ListWarning } from '../api/preview';
import classes from './Warnings.module.css';

/** Names beyond these are only counted. */
const NAMED = 5;

/** What is odd about a list, and what that will mean. */
export function Warnings({ warnings }: { warnings: readonly ListWarning[] }) {
  const { t } = useTranslation('importing');
  if (warnings.length === 0) return null;
  return (
    <ul className={classes.warnings} aria-label={t('look.warnings')}>
      {warnings.map(({ code, count, names }) => {
        const more = names.length > NAMED ? ', …' : '';
        const shown = names.slice(0, NAMED).join(', ') + more;
        return <li key={code}>{t(`warning.${code}`, { count, names: shown })}</li>;
      })}
    </ul>
  );
}
