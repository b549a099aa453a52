import { useTranslation } from 'react-i18next';
import type { Wire } from '@/lib/wire';
import classes from './ShareBar.module.css';

/** A share as a number, what it is a share of, and a bar on which the interval is a thin line. */
export function ShareBar(props: {
  share: Wire<'Share'>;
  /** Whether much of it is good, bad, or neither. */
  tone?: 'good' | 'bad' | 'neutral';
}) {
  const { share, tone = 'good' } = props;
  const { t } = useTranslation();
  if (share.value === null) return <span className={classes.none}>{t('share.none')}</span>;
  const low = share.low ?? 0;
  const high = share.high ?? 1;
  return (
    <span
      className={classes.share}
      title={t('share.interval', { low: percent(low), high: percent(high) })}
    >
      <b>{percent(share.value)}</b>
      <span className={classes.bar} data-tone={tone} aria-hidden>
        <span style={{ width: percent(share.value) }} />
        <i style={{ left: percent(low), width: percent(high - low) }} />
      </span>
      <small>{t('share.of', { count: share.count, of: share.of })}</small>
    </span>
  );
}

function percent(part: number) {
  return `${String(Math.round(100 * part))}%`;
}
