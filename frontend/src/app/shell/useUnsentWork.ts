import { useEffect } from 'react';

/** Sends what this person did without a network and has not opened the labelling page since. */
export function useUnsentWork(user: string): void {
  useEffect(() => {
    void import('@/features/labelling/work/person').then(({ workOf }) => workOf(user));
  }, [user]);
}
