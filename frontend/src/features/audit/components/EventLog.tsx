import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import type { AuditSearch } from '@/lib/auditSearch';
import { rowsOf } from '@/lib/paging';
import { eventsQuery, type LogEvent } from '../api/events';
import { Days } from './Days';
import { Filters } from './Filters';
import classes from './EventLog.module.css';

export interface LogProps {
  /** The dataset whose events they are; without one, those of the whole instance. */
  slug?: string;
  search: AuditSearch;
  onSearch: (search: AuditSearch) => void;
}

/** What happened, newest first, as far as the filters let it through. */
export function EventLog(props: LogProps) {
  const { t } = useTranslation('audit');
  const { slug, search, onSearch } = props;
  const events = useInfiniteQuery(eventsQuery(slug, search));
  const rows = rowsOf(events.data);
  return (
    <>
      <Filters {...props} about={nameIn(rows, search.object)} />
      {events.isPending && <Loading height={52} count={8} />}
      {events.isError && <ErrorNotice error={events.error} onRetry={() => void events.refetch()} />}
      {events.isSuccess && rows.length === 0 && (
        <Nothing asked={Object.keys(search).length > 0} onClear={() => onSearch({})} />
      )}
      {rows.length > 0 && <Days {...props} events={rows} />}
      {events.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={events.isFetchingNextPage}
          onClick={() => void events.fetchNextPage()}
        >
          {t('older')}
        </Button>
      )}
      {rows.length > 0 && !events.hasNextPage && <p className={classes.end}>{t('end')}</p>}
    </>
  );
}

/** What the one thing is called that the log is about. */
function nameIn(rows: readonly LogEvent[], object: string | undefined): string {
  return rows.find((row) => row.object?.id === object)?.object?.name ?? '';
}

function Nothing({ asked, onClear }: { asked: boolean; onClear: () => void }) {
  const { t } = useTranslation('audit');
  if (!asked) return <EmptyState icon="history" title={t('emptyTitle')} text={t('emptyText')} />;
  return (
    <EmptyState icon="search" title={t('noneTitle')} text={t('noneText')}>
      <Button variant="default" onClick={onClear}>
        {t('clear')}
      </Button>
    </EmptyState>
  );
}
