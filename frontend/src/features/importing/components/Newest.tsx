import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { newestQuery } from '../api/imports';
import classes from './Newest.module.css';

/** What came in last; looked for again whenever `done` changes. */
export function Newest({ id, done }: { id: string; done: number }) {
  const { t } = useTranslation('importing');
  const { data } = useQuery(newestQuery(id, done));
  if (!data || data.length === 0) return null;
  return (
    <ul className={classes.newest} aria-label={t('live.newest')}>
      {data.map(({ line, item, thumbnail, url }) => (
        <li key={`${line} ${item}`}>
          <img src={thumbnail ?? ''} alt={url} title={url} />
        </li>
      ))}
    </ul>
  );
}
