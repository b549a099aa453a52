import { useTranslation } from 'react-i18next';
import { formatCount } from '@/lib/format';
import { adviceOn } from '../advice';
import type { Failure } from '../api/imports';
import classes from './Reasons.module.css';

interface Props {
  failures: readonly Failure[];
  chosen: string;
  onChoose: (code: string) => void;
}

/** Why rows failed, how often, and what to do; one that is chosen is the only one listed. */
export function Reasons({ failures, chosen, onChoose }: Props) {
  const { t, i18n } = useTranslation('importing');
  const most = Math.max(...failures.map(({ count }) => count));
  return (
    <ul className={classes.reasons} aria-label={t('rows.reasons')}>
      {failures.map(({ code, count, reason }) => (
        <li key={code}>
          <button
            type="button"
            className={classes.reason}
            aria-pressed={chosen === code}
            onClick={() => onChoose(chosen === code ? '' : code)}
          >
            <b>{formatCount(count, i18n.language)}</b>
            <span className={classes.words}>
              <span>{reason}</span>
              <small>{t(`advice.${adviceOn(code)}`)}</small>
            </span>
            <span
              className={classes.share}
              style={{ width: `${(100 * count) / most}%` }}
              aria-hidden
            />
          </button>
        </li>
      ))}
    </ul>
  );
}
