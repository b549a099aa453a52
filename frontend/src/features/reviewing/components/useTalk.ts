import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sides } from '@/components/bench/useSides';
import type { Dataset } from '@/lib/datasets';
import { notify, notifyError } from '@/lib/notify';
import { nextThread, openThreadsQuery, threadQuery } from '@/lib/threads';
import type { Thread } from '@/lib/threads';
import type { Talk } from '../work/bench';
import type { Reviews } from '../work/store';

/** Threads of the task on the screen, the one that the address names, and the way to the next. */
export function useTalk(props: {
  dataset: Dataset;
  reviews: Reviews;
  sides: Sides<'guideline' | 'threads'>;
  task: string | undefined;
  wanted: string | undefined;
}): Talk {
  const { sides, task, wanted } = props;
  const { slug } = props.dataset;
  const thread = useWantedThread(props.reviews, wanted);
  const shown = thread?.task === task ? thread : null;
  const next = useNextThread(slug);
  const [opened, setOpened] = useState<string | null>(null);
  // What a link leads to is open; after that it is the reviewer who opens and closes.
  if (shown && opened !== shown.id) {
    setOpened(shown.id);
    if (sides.open !== 'threads') sides.toggle('threads');
  }
  return {
    open: sides.open === 'threads',
    shown,
    toggle: () => sides.toggle('threads'),
    next: () => {
      setOpened(null); // the only one there is opens again
      void next(shown?.id ?? null, task).catch(notifyError);
    },
  };
}

/**
 * The thread that the address names, once its task is on the screen. A task that does not wait for
 * the reviewer is looked at on the thread's own page.
 */
function useWantedThread(reviews: Reviews, id: string | undefined): Thread | null {
  const navigate = useNavigate();
  const found = useQuery({ ...threadQuery(id ?? ''), enabled: id !== undefined });
  const [there, setThere] = useState<string | null>(null);
  const thread = id !== undefined && found.data?.id === id ? found.data : null;
  const task = thread?.task;

  useEffect(() => {
    if (task === undefined || id === undefined) return;
    let wanted = true;
    reviews.pick(task).then((picked) => {
      if (!wanted) return;
      if (picked) setThere(id);
      else
        void navigate({
          to: '/threads/$thread',
          params: { thread: id },
          search: { look: true },
          replace: true,
        });
    }, notifyError);
    return () => {
      wanted = false;
    };
  }, [reviews, navigate, id, task]);

  useEffect(() => {
    if (found.error && !found.data) void notifyError(found.error);
  }, [found.error, found.data]);
  return there === id ? thread : null;
}

/** Leads to the next open thread of the dataset, whichever task it is on. */
function useNextThread(slug: string) {
  const { t } = useTranslation('reviewing');
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (shown: string | null, task: string | undefined) => {
    const threads = await client.fetchQuery(openThreadsQuery(slug));
    const next = nextThread(threads, shown, task);
    if (next)
      await navigate({ to: '/review/$slug', params: { slug }, search: { thread: next.id } });
    else await notify(t('threads.nothingOpen'));
  };
}
