import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useSession } from '@/lib/session';
import { Work } from './store';
import type { WorkState } from './store';

/** The work of one page: started with it, stopped with it. */
export function useWork(slug: string): [Work, WorkState] {
  const [work] = useState(() => new Work(slug));
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
    const leaving = (event: BeforeUnloadEvent) => {
      work.flushDraft();
      if (work.store.getState().unsent > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', leaving);
    return () => {
      window.removeEventListener('beforeunload', leaving);
    };
  }, [work]);

  return [work, useStore(work.store)];
}
