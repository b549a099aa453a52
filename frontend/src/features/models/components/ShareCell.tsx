import { useTranslation } from 'react-i18next';
import type { Share } from '../api/models';
import classes from './Models.module.css';

/** A share with its 95 % interval, and what it rests on. */
export function ShareCell({ name, share }: { name: string; share: Share }) {
  const { t, i18n } = useTranslation('models');
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' });
  const { value, low, high, count, of } = share;
  return (
    <td data-label={name}>
      {value === null || low === null || high === null ? (
        <span className={classes.none}>{t('nothing')}</span>
      ) : (
        <span className={classes.share}>
          <b>{percent.format(value)}</b>
          <small>
            {t('interval', { low: percent.format(low), high: percent.format(high), count, of })}
          </small>
        </span>
      )}
    </td>
  );
}
