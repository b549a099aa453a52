import { useTranslation } from 'react-i18next';
import { formatDuration } from '@/lib/format';
import type { OwnProgress } from '../../api/history';
import classes from './history.module.css';

/** How much I answered on each of the last days; every bar says its day and its numbers. */
export function DayPlot({ days, timeZone }: { days: OwnProgress['days']; timeZone: string }) {
  const { t, i18n } = useTranslation('labelling');
  const most = Math.max(...days.map(({ answers }) => answers), 1);
  const [first, last] = [days[0], days.at(-1)];
  return (
    <figure className={classes.plot}>
      <figcaption>{t('history.days', { count: days.length, zone: timeZone })}</figcaption>
      <ol>
        {days.map(({ day, answers, seconds }) => {
          const text = t('history.day', {
            day: dayName(day, i18n.language),
            count: answers,
            time: formatDuration(seconds, i18n.language),
          });
          return (
            <li key={day} title={text}>
              <span className="unseen">{text}</span>
              <span aria-hidden style={{ height: `${(100 * answers) / most}%` }} />
            </li>
          );
        })}
      </ol>
      <p aria-hidden>
        <span>{first && dayName(first.day, i18n.language)}</span>
        <span>{last && dayName(last.day, i18n.language)}</span>
      </p>
    </figure>
  );
}

/** A date without a time is the same day everywhere. */
function dayName(day: string, language: string): string {
  const format = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language, format).format(new Date(day));
}
