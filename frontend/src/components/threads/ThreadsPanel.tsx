import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SidePanel } from '@/components/bench/SidePanel';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { addWords } from '@/lib/i18n';
import { notifyError } from '@/lib/notify';
import { taskThreadsQuery } from '@/lib/threads';
import type { Thread } from '@/lib/threads';
import words from '@/locales/en/threads.json';
import type { Names } from './CommentRow';
import { NewThread } from './NewThread';
import type { Place } from './NewThread';
import { ThreadItem } from './ThreadItem';
import classes from './threads.module.css';

addWords('threads', words);

export interface ThreadsPanelProps {
  task: string;
  /** The thread that a link or a key led to. */
  shown: string | null;
  names?: Names;
  /** Of a task with images to pick among, the one that a new thread is about. */
  tile?: string | null;
  /** The places that a new thread can be about, the likeliest first. */
  places: () => readonly Place[];
  onShow: (thread: Thread) => void;
  onClose: () => void;
  /** What stands beneath. */
  children?: ReactNode;
}

/** What is said about a task, beside it. */
export default function ThreadsPanel(props: ThreadsPanelProps) {
  const { t } = useTranslation('threads');
  const { task, shown, names = null, tile = null } = props;
  const threads = useQuery(taskThreadsQuery(task));
  const change = useChange(task);
  const seen = threads.data?.threads ?? [];
  const people = threads.data?.people ?? [];
  const open = seen.filter(({ resolved_at }) => resolved_at === null);
  const resolved = seen.filter(({ resolved_at }) => resolved_at !== null);
  const items = (some: readonly Thread[]) => (
    <ul className={classes.list}>
      {some.map((thread) => (
        <ThreadItem
          key={thread.id}
          {...{ thread, people, names, shown: thread.id === shown }}
          onShow={props.onShow}
          onChanged={change}
        />
      ))}
    </ul>
  );
  return (
    <SidePanel title={t('title')} onClose={props.onClose}>
      {threads.isPending && <Loading count={3} height={40} />}
      {threads.error && !threads.data && (
        <ErrorNotice error={threads.error} onRetry={() => void threads.refetch()} />
      )}
      {threads.data && (
        <>
          {open.length > 0 && items(open)}
          <NewThread
            key={task}
            {...{ task, people, tile, places: props.places }}
            focused={open.length === 0}
            onOpened={change}
          />
          {resolved.length > 0 && (
            <details open={resolved.some(({ id }) => id === shown)}>
              <summary>{t('resolved', { count: resolved.length })}</summary>
              {items(resolved)}
            </details>
          )}
        </>
      )}
      {props.children}
    </SidePanel>
  );
}

/** Shows what came of a change at once, and lets the lists that count threads ask anew. */
function useChange(task: string) {
  const client = useQueryClient();
  const query = taskThreadsQuery(task);
  return (changed: Promise<Thread>) => {
    void changed.catch(notifyError).then(async () => {
      await client.invalidateQueries({ queryKey: query.queryKey });
      await client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === 'thread' || queryKey[2] === 'threads',
      });
    });
  };
}
