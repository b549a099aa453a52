import { useTranslation } from 'react-i18next';
import { formatCount } from '@/lib/format';
import classes from './WeekPlot.module.css';

/** How much I answered on each of the last seven days; every bar wears its number. */
export function WeekPlot({ week }: { week: readonly number[] }) {
  const { t, i18n } = useTranslation('desk');
  const most = Math.max(...week, 1);
  const total = week.reduce((sum, count) => sum + count, 0);
  return (
    <figure className={classes.plot} aria-label={t('home.week')}>
      <figcaption>
        <b>{t('home.week')}</b>
        <span>{t('home.weekTotal', { count: total })}</span>
      </figcaption>
      <ol>
        {week.map((count, place) => {
          const ago = week.length - 1 - place;
          return (
            <li key={ago} data-today={ago === 0}>
              <span className="unseen">
                {t('home.weekDay', { day: dayName(ago, i18n.language, 'long'), count })}
              </span>
              <span aria-hidden className={classes.number}>
                {formatCount(count, i18n.language)}
              </span>
              <span
                aria-hidden
                className={classes.bar}
                style={{ height: `${String((64 * count) / most)}px` }}
              />
              <span aria-hidden className={classes.day}>
                {dayName(ago, i18n.language, 'short')}
              </span>
            </li>
          );
        })}
      </ol>
    </figure>
  );
}

function dayName(ago: number, language: string, weekday: 'short' | 'long'): string {
  const day = new Date();
  day.setDate(day.getDate() - ago);
  return new Intl.DateTimeFormat(language, { weekday }).format(day);
}
