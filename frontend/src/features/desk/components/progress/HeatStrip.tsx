import { useTranslation } from 'react-i18next';
import { dateName, sum } from './days';
import classes from './progress.module.css';

/** One cell for each day, the fuller the more was answered; the numbers stand in each. */
export function HeatStrip(props: {
  name: string;
  days: readonly string[];
  answers: readonly number[];
  most: number;
}) {
  const { t, i18n } = useTranslation('desk');
  const { name, days, answers, most } = props;
  const active = answers.filter((count) => count > 0).length;
  return (
    <svg
      className={classes.strip}
      viewBox={`0 0 ${String(days.length * 8)} 18`}
      role="img"
      aria-label={t('progress.strip', { name, count: sum(answers), active })}
    >
      {days.map((day, n) => {
        const count = answers[n] ?? 0;
        return (
          <g key={day}>
            <title>{t('progress.stripDay', { day: dateName(day, i18n.language), count })}</title>
            <rect x={n * 8} y={1} width={7} height={16} rx={1.5} className={classes.cell} />
            {count > 0 && (
              <rect
                x={n * 8}
                y={1}
                width={7}
                height={16}
                rx={1.5}
                className={classes.heat}
                opacity={0.25 + 0.75 * (count / most)}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}
