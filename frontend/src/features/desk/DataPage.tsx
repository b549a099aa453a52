import { Button, SegmentedControl, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { type Dataset, useDataset } from '@/lib/datasets';
import { rowsOf } from '@/lib/paging';
import { tasksQuery } from './api/tasks';
import { STATES, isNarrowed } from './browse/filter';
import { wantedOf } from './browse/wanted';
import { LinkedNote, linkedBy } from './components/LinkedNote';
import { TaskGrid } from './components/TaskGrid';
import { TaskTable } from './components/TaskTable';
import classes from './DataPage.module.css';

interface Filter {
  state?: string;
  label?: string;
  view?: 'table';
}

/** All images of a dataset; the address holds the filter, so that it can be shared. */
export function DataPage() {
  const { t } = useTranslation('desk');
  const dataset = useDataset();
  const search = useSearch({ from: '/member/shell/datasets/$slug/data' });
  const { view } = search;
  const wanted = wantedOf(search);
  const linked = linkedBy(search);
  const [state] = wanted.filter.state ?? [];
  const [label] = wanted.filter.label ?? [];
  const tasks = useInfiniteQuery(tasksQuery(dataset.slug, wanted));
  const rows = rowsOf(tasks.data);
  const List = view === 'table' ? TaskTable : TaskGrid;
  return (
    <Page sub title={t('data.title')}>
      <Filters
        dataset={dataset}
        filter={{ ...(state && { state }), ...(label && { label }), ...(view && { view }) }}
      />
      {Object.keys(linked).length > 0 && <LinkedNote slug={dataset.slug} by={linked} />}
      {tasks.isPending && <Loading height={160} count={3} />}
      {tasks.isError && <ErrorNotice error={tasks.error} onRetry={() => void tasks.refetch()} />}
      {tasks.isSuccess && rows.length === 0 && (
        <EmptyState
          icon="image"
          title={t('data.emptyTitle')}
          text={t(isNarrowed(wanted.filter) ? 'data.emptyFilter' : 'data.empty')}
        />
      )}
      {rows.length > 0 && (
        <List slug={dataset.slug} search={search} tasks={rows} labels={dataset.labels} />
      )}
      {tasks.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={tasks.isFetchingNextPage}
          onClick={() => void tasks.fetchNextPage()}
        >
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
    </Page>
  );
}

function Filters({ dataset, filter }: { dataset: Dataset; filter: Filter }) {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  const labels = dataset.labels.map(({ name }) => name);
  const show = (search: Filter) =>
    void navigate({
      to: '/datasets/$slug/data',
      params: { slug: dataset.slug },
      search,
      replace: true,
    });
  const { state, label, view, ...none } = filter;
  const part = (name: 'state' | 'label', value: string | null | undefined) =>
    value ? { [name]: value } : none;
  const kept = view ? { view } : none;
  return (
    <div className={classes.filters}>
      <Select
        aria-label={t('data.state')}
        placeholder={t('data.anyState')}
        clearable
        data={STATES.map((value) => ({ value, label: t(`state.${value}`, { ns: 'shell' }) }))}
        value={state ?? null}
        onChange={(value) => show({ ...kept, ...part('state', value), ...part('label', label) })}
      />
      {labels.length > 0 && (
        <Select
          aria-label={t('data.label')}
          placeholder={t('data.anyLabel')}
          clearable
          searchable
          data={labels}
          value={label ?? null}
          onChange={(value) => show({ ...kept, ...part('state', state), ...part('label', value) })}
        />
      )}
      <SegmentedControl
        aria-label={t('data.view')}
        className={classes.view}
        value={view ?? 'grid'}
        onChange={(value) =>
          show({
            ...part('state', state),
            ...part('label', label),
            ...(value === 'table' && { view: 'table' }),
          })
        }
        data={[
          { value: 'grid', label: t('data.grid') },
          { value: 'table', label: t('data.table') },
        ]}
      />
    </div>
  );
}
