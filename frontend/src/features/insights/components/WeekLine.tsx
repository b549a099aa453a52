import { useTranslation } from 'react-i18next';
import { dayName, percent } from '../numbers';
import classes from './WeekLine.module.css';

export interface Week {
  week: string;
  /** From 0 to 1. */
  value: number;
  n: number;
}

const WIDTH = 104;
const HEIGHT = 36;
const EDGE = 4;

/** A share week by week; a larger dot rests on more cases. The list says the same in words. */
export function WeekLine({ weeks, name }: { weeks: readonly Week[]; name: string }) {
  const { t, i18n } = useTranslation('insights');
  const last = weeks.at(-1);
  if (last === undefined) return <span className={classes.none}>–</span>;
  const points = weeks.map((week, n) => ({
    ...week,
    x: weeks.length === 1 ? WIDTH / 2 : EDGE + (n * (WIDTH - 2 * EDGE)) / (weeks.length - 1),
    y: EDGE + (1 - week.value) * (HEIGHT - 2 * EDGE),
    text: t('week', {
      day: dayName(week.week, i18n.language),
      share: percent(week.value),
      n: week.n,
    }),
  }));
  return (
    <figure className={classes.line}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden>
        <line x1={0} x2={WIDTH} y1={EDGE} y2={EDGE} data-grid />
        <line x1={0} x2={WIDTH} y1={HEIGHT - EDGE} y2={HEIGHT - EDGE} data-grid />
        <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
        {points.map(({ week, x, y, n, text }) => (
          <circle key={week} cx={x} cy={y} r={n >= 20 ? 3 : 2}>
            <title>{text}</title>
          </circle>
        ))}
      </svg>
      <b aria-hidden>{percent(last.value)}</b>
      <figcaption className="unseen">
        {name}
        <ul>
          {points.map(({ week, text }) => (
            <li key={week}>{text}</li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
