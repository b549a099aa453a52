import { useTranslation } from 'react-i18next';
import type { AuditSearch } from '@/lib/auditSearch';
import type { LogEvent } from '../api/events';
import { changesOf, plainly, valueText } from '../words';
import type { LogProps } from './EventLog';
import classes from './EventLog.module.css';

/** All that an event says, from what to what, and the way to others like it. */
export function Details(props: LogProps & { event: LogEvent }) {
  const { event } = props;
  return (
    <div className={classes.details}>
      <Changed event={event} />
      <Facts event={event} />
      <Alike {...props} />
    </div>
  );
}

function Changed({ event }: { event: LogEvent }) {
  const { t } = useTranslation('audit');
  const changes = Object.entries(changesOf(event.data));
  if (changes.length === 0) return null;
  return (
    <div className={classes.wide}>
      <table className={classes.changes}>
        <thead>
          <tr>
            <th>{t('more.field')}</th>
            <th>{t('more.was')}</th>
            <th>{t('more.is')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(([name, { was, is }]) => (
            <tr key={name}>
              <th scope="row">{plainly(name)}</th>
              <td>
                <del>{valueText(was)}</del>
              </td>
              <td>
                <ins>{valueText(is)}</ins>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Those that the sentence, or the table above, has told. */
const TOLD = ['changes', 'user', 'name', 'digest'];

function Facts({ event }: { event: LogEvent }) {
  const { t, i18n } = useTranslation('audit');
  const exact = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'full', timeStyle: 'long' });
  const facts: [string, string][] = [
    [t('more.at'), exact.format(new Date(event.at))],
    ...(event.who?.email ? [[t('more.email'), event.who.email] satisfies [string, string]] : []),
    ...Object.entries(event.data)
      .filter(([name]) => !TOLD.includes(name))
      .map(([name, value]): [string, string] => [
        name === 'address' ? t('more.address') : plainly(name),
        valueText(value),
      ]),
    [t('more.kind'), event.kind],
    ...(event.request_id ? [[t('more.request'), event.request_id] satisfies [string, string]] : []),
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Alike(props: LogProps & { event: LogEvent }) {
  const { t } = useTranslation('audit');
  const { slug, search, onSearch } = props;
  const { who, object, kind } = props.event;
  // Of a dataset all that happened in it is more than what was done to it.
  const about = object?.type === 'dataset' ? { dataset: object.id } : aboutOnly(object);
  return (
    <p className={classes.alike}>
      {about && (slug === undefined || !('dataset' in about)) && (
        <button type="button" onClick={() => onSearch(about)}>
          {t('more.same')}
        </button>
      )}
      {who && (
        <button type="button" onClick={() => onSearch({ ...search, actor: who.id })}>
          {t('more.sameWho', { name: who.name })}
        </button>
      )}
      <button type="button" onClick={() => onSearch({ ...search, kind })}>
        {t('more.sameKind')}
      </button>
    </p>
  );
}

function aboutOnly(object: LogEvent['object']): AuditSearch | null {
  return object && { object_type: object.type, object: object.id };
}
