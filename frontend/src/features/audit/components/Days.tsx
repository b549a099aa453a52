import { useTranslation } from 'react-i18next';
import type { LogEvent } from '../api/events';
import { byDay, daysAgo } from '../days';
import { EventRow } from './EventRow';
import type { LogProps } from './EventLog';
import classes from './EventLog.module.css';

/** Events below the days on which they happened. */
export function Days({ events, ...props }: LogProps & { events: readonly LogEvent[] }) {
  return byDay(events).map((day) => (
    <section key={day.at} className={classes.day}>
      <h2>
        <DayName at={day.at} />
      </h2>
      <ol>
        {day.events.map((event) => (
          <EventRow key={event.id} {...props} event={event} />
        ))}
      </ol>
    </section>
  ));
}

function DayName({ at }: { at: string }) {
  const { t, i18n } = useTranslation('audit');
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'full' }).format(new Date(at));
  const ago = daysAgo(at);
  if (ago > 1 || ago < 0) return <time dateTime={at}>{date}</time>;
  return (
    <time dateTime={at} title={date}>
      {t(ago === 0 ? 'today' : 'yesterday')}
    </time>
  );
}
