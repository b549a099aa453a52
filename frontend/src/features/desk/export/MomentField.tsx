import { Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rowsOf } from '@/lib/paging';
import { snapshotsQuery } from '../api/snapshots';

const NOW = 'now';

/** The moment that a file is of: now, or when a snapshot was made, by its id. Not asked where there
 * are no snapshots. */
export function MomentField(props: {
  slug: string;
  value: string | null;
  onChange: (snapshot: string | null) => void;
}) {
  const { t } = useTranslation('desk');
  const snapshots = useInfiniteQuery(snapshotsQuery(props.slug));
  const made = rowsOf(snapshots.data).filter(({ state }) => state === 'done');
  if (made.length === 0) return null;
  return (
    <Select
      label={t('export.moment')}
      description={t('export.momentText')}
      allowDeselect={false}
      data={[
        { value: NOW, label: t('export.now') },
        ...made.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={props.value ?? NOW}
      onChange={(value) => {
        props.onChange(value === NOW ? null : value);
      }}
    />
  );
}
