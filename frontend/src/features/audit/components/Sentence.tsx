import { useTranslation } from 'react-i18next';
import type { LogEvent } from '../api/events';
import { sentenceOf } from '../words';
import { DatasetLink, ObjectLink } from './Links';

/** What happened, with links to what is still there. `inside` a dataset its name goes without. */
export function Sentence({ event, inside }: { event: LogEvent; inside: boolean }) {
  const { t } = useTranslation('audit');
  const named = event.object?.type === 'dataset';
  const said = sentenceOf(event);
  const place = !inside && event.dataset && !named ? ` ${t('in')}` : '';
  return `${said}${place}`.split(/(\{who\}|\{name\}|\{place\})/).map((part, n) => {
    if (part === '{who}') return <Who key={n} event={event} />;
    if (part === '{name}') return <ObjectLink key={n} event={event} />;
    if (part === '{place}' && event.dataset) return <DatasetLink key={n} dataset={event.dataset} />;
    return part;
  });
}

function Who({ event: { who } }: { event: LogEvent }) {
  const { t } = useTranslation('audit');
  if (!who) return <b>{t('concord')}</b>;
  return <b title={who.email}>{who.active ? who.name : t('gone', { name: who.name })}</b>;
}
