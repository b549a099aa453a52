import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { LogEvent } from '../api/events';

type Place = NonNullable<LogEvent['dataset']>;

/** A dataset by name, which leads there while it is there. */
export function DatasetLink({ dataset: { name, slug } }: { dataset: Place }) {
  const { t } = useTranslation('audit');
  if (!slug) return <b>{name || t('nameless')}</b>;
  return (
    <Link to="/datasets/$slug" params={{ slug }}>
      {name}
    </Link>
  );
}

/** The name of what an event is about, which leads there where it has a page. */
export function ObjectLink({ event }: { event: LogEvent }) {
  const { t } = useTranslation('audit');
  const { object, dataset } = event;
  const slug = dataset?.slug;
  if (object?.type === 'dataset' && dataset) return <DatasetLink dataset={dataset} />;
  const name = object?.name ? object.name : t('nameless');
  if (!object?.exists || !slug) return <b>{name}</b>;
  if (object.type === 'task') {
    return (
      <Link to="/datasets/$slug/tasks/$task" params={{ slug, task: object.id }}>
        {name}
      </Link>
    );
  }
  const to = PAGES[object.type];
  if (to === undefined) return <b>{name}</b>;
  return (
    <Link to={to} params={{ slug }} search={{}}>
      {name}
    </Link>
  );
}

const PAGES: Partial<
  Record<string, '/datasets/$slug/people' | '/datasets/$slug/settings' | '/datasets/$slug/import'>
> = {
  membership: '/datasets/$slug/people',
  label: '/datasets/$slug/settings',
  import: '/datasets/$slug/import',
};
