import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Section } from '@/components/Page';
import tables from '@/components/Table.module.css';
import { ago } from '@/lib/format';
import { notify, notifyError } from '@/lib/notify';
import { rowsOf } from '@/lib/paging';
import { type BrowserSession, endOtherSessions, endSession, sessionsQuery } from '../api/sessions';
import { readUserAgent } from '../userAgent';

/** Where this person is logged in, and the way to log out from afar. */
export function Sessions() {
  const { t } = useTranslation('people');
  const sessions = useInfiniteQuery(sessionsQuery);
  const rows = rowsOf(sessions.data);
  const others = useEnding(endOtherSessions, t('sessions.othersEnded'));
  return (
    <Section
      title={t('sessions.title')}
      hint={t('sessions.hint')}
      action={
        rows.length > 1 && (
          <Button variant="default" loading={others.isPending} onClick={() => others.mutate()}>
            {t('sessions.endOthers')}
          </Button>
        )
      }
    >
      {sessions.isPending && <Loading height={44} />}
      {sessions.isError && (
        <ErrorNotice error={sessions.error} onRetry={() => void sessions.refetch()} />
      )}
      {rows.length > 0 && (
        <div className={tables.scroll}>
          <table className={tables.table} data-stack>
            <thead>
              <tr>
                <th>{t('sessions.where')}</th>
                <th>{t('sessions.address')}</th>
                <th>{t('sessions.used')}</th>
                <th>
                  <span className="unseen">{t('sessions.end')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((session) => (
                <SessionRow key={session.id} session={session} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {sessions.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => void sessions.fetchNextPage()}>
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
    </Section>
  );
}

function SessionRow({ session }: { session: BrowserSession }) {
  const { t, i18n } = useTranslation('people');
  const end = useEnding(() => endSession(session.id), t('sessions.ended'));
  const where = useWhere(session.user_agent);
  return (
    <tr>
      <td data-wide>
        {where}
        {session.current && <b> · {t('sessions.current')}</b>}
      </td>
      <td data-label={t('sessions.address')}>{session.address}</td>
      <td data-label={t('sessions.used')}>{ago(session.last_seen_at, i18n.language)}</td>
      <td data-number>
        {!session.current && (
          <Button
            size="xs"
            variant="default"
            aria-label={t('sessions.endThat', { where })}
            loading={end.isPending}
            onClick={() => end.mutate()}
          >
            {t('sessions.end')}
          </Button>
        )}
      </td>
    </tr>
  );
}

function useWhere(text: string): string {
  const { t } = useTranslation('people');
  const { browser, system } = readUserAgent(text);
  if (browser === null) return system ?? t('sessions.unknown');
  return system === null ? browser : t('sessions.on', { browser, system });
}

function useEnding(end: () => Promise<unknown>, told: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: end,
    onSuccess: () => notify(told),
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
}
