import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countAllQuery, countQuery } from '../api/browse';
import classes from '../DataPage.module.css';
import type { TaskFilter } from './filter';

/** How many tasks match: exactly, or that there are more than is worth counting unasked. */
export function TrueCount({ slug, filter }: { slug: string; filter: TaskFilter }) {
  const { t } = useTranslation('browse');
  const [asked, setAsked] = useState(false);
  const { data } = useQuery(countQuery(slug, filter));
  const all = useQuery({ ...countAllQuery(slug, filter), enabled: asked && data?.exact === false });
  const exact = data?.exact ? data.count : all.data;
  return (
    <span className={classes.counted}>
      <span className={classes.count} role="status">
        {exact != null && t('count', { count: exact })}
        {exact == null && data && t('more', { count: data.count })}
      </span>
      {all.isError && <span role="alert">{t('countFailed')}</span>}
      {exact == null && data && (
        <button
          type="button"
          className={classes.countAll}
          disabled={all.isFetching}
          onClick={() => {
            if (asked) void all.refetch();
            setAsked(true);
          }}
        >
          {t(all.isFetching ? 'counting' : 'countAll')}
        </button>
      )}
    </span>
  );
}
