import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/lib/format';
import { adviceOn } from '../advice';
import type { Failure } from '../api/imports';
import classes from './Reasons.module.css';

interface Props {
  failures: readonly Failure[];
  chosen: string;
  onChoose: (code: string) => void;
  actionFor: (failure: Failure) => ReactNode;
}

/** Why rows failed, how often, and what to do; one that is chosen is the only one listed. */
export function Reasons({ failures, chosen, onChoose, actionFor }: Props) {
  const { t, i18n } = useTranslation('importing');
  const most = Math.max(...failures.map(({ count }) => count));
  return (
    <ul className={classes.reasons} aria-label={t('rows.reasons')}>
      {failures.map((failure) => (
        <li key={failure.code}>
          <button
            type="button"
            className={classes.reason}
            aria-pressed={chosen === failure.code}
            onClick={() => onChoose(chosen === failure.code ? '' : failure.code)}
          >
            <b>{formatCount(failure.count, i18n.language)}</b>
            <span className={classes.words}>
              <span>{failure.reason}</span>
              <small>{t(`advice.${adviceOn(failure.code)}`)}</small>
            </span>
            <span
              className={classes.share}
              style={{ width: `${(100 * failure.count) / most}%` }}
              aria-hidden
            />
          </button>
          {actionFor(failure)}
        </li>
      ))}
    </ul>
  );
}
