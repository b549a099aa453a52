import { useTranslation } from 'react-i18next';
import type { Estimate } from '../api/insights';
import { FEW, percent } from '../numbers';
import classes from './Agreement.module.css';

const WIDTH = 120;
const HEIGHT = 14;

/** A figure with its 95 % interval on a line from 0 to 1, and what it rests on. */
export function Interval(props: { estimate: Estimate; share?: boolean; advice?: boolean }) {
  const { t } = useTranslation('insights');
  const { value, low, high, n } = props.estimate;
  if (value === null) return <small className={classes.same}>{t('agreement.undefined')}</small>;
  const shown = (part: number) => (props.share ? percent(part) : part.toFixed(2));
  const x = (part: number) => Math.min(1, Math.max(0, part)) * WIDTH;
  const band = value >= 0.8 ? 'good' : value >= 2 / 3 ? 'tentative' : 'fix';
  return (
    <span className={classes.interval}>
      <b>{shown(value)}</b>
      <svg viewBox={`-4 0 ${WIDTH + 8} ${HEIGHT}`} width={WIDTH + 8} height={HEIGHT} aria-hidden>
        <rect x={0} y={HEIGHT / 2 - 2} width={WIDTH} height={4} rx={2} />
        {low !== null && high !== null && (
          <line x1={x(low)} x2={x(high)} y1={HEIGHT / 2} y2={HEIGHT / 2} />
        )}
        <circle cx={x(value)} cy={HEIGHT / 2} r={4} />
      </svg>
      <small>
        {low !== null && high !== null
          ? t('agreement.interval', { low: shown(low), high: shown(high), count: n })
          : t('agreement.n', { count: n })}
        {n < FEW && ` · ${t('few')}`}
        {props.advice && n >= FEW && ` · ${t(`agreement.band.${band}`)}`}
      </small>
    </span>
  );
}
