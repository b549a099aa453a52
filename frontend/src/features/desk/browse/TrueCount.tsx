import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notifyError } from '@/lib/notify';
import { countAll, countQuery } from '../api/browse';
import classes from '../DataPage.module.css';
import type { TaskFilter } from './filter';

/** How many tasks match: exactly, or that there are more than is worth counting unasked. */
export function TrueCount({ slug, filter }: { slug: string; filter: TaskFilter }) {
  const { t } = useTranslation('browse');
  const { data } = useQuery(countQuery(slug, filter));
  const all = useMutation({
    mutationFn: () => countAll(slug, filter),
    onError: (error) => void notifyError(error),
  });
  const exact = data?.exact ? data.count : all.data;
  return (
    <span className={classes.counted}>
      <span className={classes.count} role="status">
        {exact != null && t('count', { count: exact })}
        {exact == null && data && t('more', { count: data.count })}
      </span>
      {exact == null && data && (
        <button
          type="button"
          className={classes.countAll}
          disabled={all.isPending}
          onClick={() => all.mutate()}
        >
          {t(all.isPending ? 'counting' : 'countAll')}
        </button>
      )}
    </span>
  );
}
