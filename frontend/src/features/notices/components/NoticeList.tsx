import { Button } from '@mantine/core';
import {
  type UseInfiniteQueryResult,
  type InfiniteData,
  useQueryClient,
} from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { notifyError } from '@/lib/notify';
import { rowsOf } from '@/lib/paging';
import { markSeen, type NoticesPage } from '../api/notices';
import { byDay, type Day } from '../groups';
import classes from './NoticeList.module.css';
import { NoticeRow } from './NoticeRow';

/** What happened, by day; arrows lead from one to the next. */
export function NoticeList(props: {
  notices: UseInfiniteQueryResult<InfiniteData<NoticesPage>>;
  onLeave: () => void;
}) {
  const { t } = useTranslation('notices');
  const { notices, onLeave } = props;
  const client = useQueryClient();
  const list = useRef<HTMLDivElement>(null);
  const rows = rowsOf(notices.data);
  const [newest] = rows;
  const unseen = notices.data?.pages[0]?.unseen ?? 0;
  return (
    <>
      <div className={classes.top}>
        <h2>{t('title')}</h2>
        <Button
          variant="subtle"
          size="compact-sm"
          data-autofocus={rows.length === 0 || undefined}
          disabled={unseen === 0 || !newest}
          onClick={() => {
            if (newest) markSeen(client, { until: newest.id }).catch(notifyError);
          }}
        >
          {t('markAll')}
        </Button>
      </div>
      <div
        ref={list}
        className={classes.list}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          if (step === 0) return;
          event.preventDefault();
          goOn(list.current, step);
        }}
      >
        {notices.isPending && <Loading height={56} count={3} />}
        {notices.isError && (
          <ErrorNotice error={notices.error} onRetry={() => void notices.refetch()} />
        )}
        {notices.isSuccess && rows.length === 0 && <Nothing />}
        {byDay(rows).map((day) => (
          <DayList key={day.day} day={day} onLeave={onLeave} />
        ))}
        {notices.hasNextPage && (
          <Button
            variant="subtle"
            fullWidth
            loading={notices.isFetchingNextPage}
            onClick={() => void notices.fetchNextPage()}
          >
            {t('older')}
          </Button>
        )}
      </div>
      <div className={classes.foot}>
        <Link to="/account" hash="notifications" onClick={onLeave}>
          {t('settings')}
        </Link>
      </div>
    </>
  );
}

function DayList({ day, onLeave }: { day: Day; onLeave: () => void }) {
  const title = useDayTitle(day.day);
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {day.lines.map((line) => (
          <li key={line.notices[0].id}>
            <NoticeRow line={line} onLeave={onLeave} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function useDayTitle(day: number): string {
  const { t, i18n } = useTranslation('notices');
  const today = new Date().setHours(0, 0, 0, 0);
  if (day === today) return t('today');
  if (day === new Date(today - 1).setHours(0, 0, 0, 0)) return t('yesterday');
  return new Intl.DateTimeFormat(i18n.language, { dateStyle: 'full' }).format(day);
}

function Nothing() {
  const { t } = useTranslation('notices');
  return (
    <div className={classes.nothing}>
      <p>{t('emptyTitle')}</p>
      <p>{t('emptyText')}</p>
    </div>
  );
}

function goOn(list: HTMLElement | null, step: number) {
  const links = [...(list?.querySelectorAll('a') ?? [])];
  const at = links.findIndex((link) => link === document.activeElement);
  links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
}
