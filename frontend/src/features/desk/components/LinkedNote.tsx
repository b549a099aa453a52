import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DataSearch } from '@/lib/dataSearch';
import type { TaskFilter } from '../browse/filter';
import classes from './LinkedNote.module.css';

const NAMES = ['conflict', 'answers', 'person', 'day', 'behind', 'task'] as const;

/** The part of a filter that a link from another page sets, and no field of this one. */
export type Linked = Pick<TaskFilter, (typeof NAMES)[number]>;

export function linkedBy(search: DataSearch): Linked {
  const found = NAMES.filter((name) => search[name] !== undefined);
  // The server refuses values that are none, with a sentence.
  return Object.fromEntries(found.map((name) => [name, search[name]])) as Linked;
}

/** Says by what the list is narrowed, and the way back to all. */
export function LinkedNote({ slug, by }: { slug: string; by: Linked }) {
  const { t } = useTranslation('desk');
  const parts = NAMES.filter((name) => by[name] !== undefined).map((name) =>
    t(`data.linkedBy.${name}`, { day: by.day ?? '', count: by.answers ?? 0 }),
  );
  return (
    <p className={classes.note}>
      <span>
        {t('data.linked')} {parts.join(', ')}
      </span>
      <Link to="/datasets/$slug/data" params={{ slug }}>
        {t('data.linkedClear')}
      </Link>
    </p>
  );
}
