import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useMe } from '@/lib/me';
import { useSession } from '@/lib/session';
import type { WorkState } from './state';
import { Work } from './store';

/** The work of one page: started with it, stopped with it. */
export function useWork(slug: string): [Work, WorkState] {
  const { id: user } = useMe();
  const [work] = useState(() => new Work(user, slug));
  const expired = useSession((session) => session.expired);

  useEffect(() => {
    work.start();
    return () => {
      work.stop();
    };
  }, [work]);

  useEffect(() => {
    if (!expired) work.hurry();
    const hurry = () => {
      work.hurry();
    };
    window.addEventListener('online', hurry);
    return () => {
      window.removeEventListener('online', hurry);
    };
  }, [work, expired]);

  useEffect(() => {
    // The last thing that a page surely hears, also where it is killed later in the background.
    const hidden = () => {
      if (document.hidden) work.flushDraft();
    };
    const leaving = (event: BeforeUnloadEvent) => {
      work.flushDraft();
      if (work.unwritten) event.preventDefault();
    };
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('beforeunload', leaving);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('beforeunload', leaving);
    };
  }, [work]);

  return [work, useStore(work.store)];
}
