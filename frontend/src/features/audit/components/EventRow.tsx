import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '@/components/Icon';
import type { Group, LogEvent } from '../api/events';
import { Details } from './Details';
import type { LogProps } from './EventLog';
import { Sentence } from './Sentence';
import classes from './EventLog.module.css';

const ICONS: Record<Group | 'other', IconName> = {
  sign_in: 'lock',
  account: 'key',
  member: 'people',
  dataset: 'datasets',
  label: 'box',
  data: 'image',
  export: 'download',
  webhook: 'bell',
  act: 'grid',
  review: 'check',
  talk: 'talk',
  work: 'pencil',
  mail: 'alert',
  other: 'history',
};

/** One sentence, and behind a button all that the event says. */
export function EventRow(props: LogProps & { event: LogEvent }) {
  const { t } = useTranslation('audit');
  const { event } = props;
  const [open, setOpen] = useState(false);
  return (
    <li>
      <div className={classes.event}>
        <Icon name={event.group in ICONS ? ICONS[event.group as Group] : 'history'} size={16} />
        <p>
          <Sentence event={event} inside={props.slug !== undefined} />
        </p>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Moment at={event.at} />
          <span className="unseen">{t('more.show')}</span>
          <Icon name="chevron" size={14} />
        </button>
      </div>
      {open && <Details {...props} />}
    </li>
  );
}

function Moment({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const moment = new Date(at);
  const exact = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'full', timeStyle: 'long' });
  const clock = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' });
  return (
    <time dateTime={at} title={exact.format(moment)}>
      {clock.format(moment)}
    </time>
  );
}
