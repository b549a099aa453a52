import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { notifyError } from '@/lib/notify';
import { uuid7 } from '@/lib/uuid7';
import { actOn, outcomeOf, undoAct } from '../../api/acts';
import type { Act, On } from '../../api/acts';
import { goesOn, lastToUndo, useRuns } from './runs';

/** ms between two looks at a long act. */
const PAUSE = 1000;
const MOST_FAILURES = 30;

/** Does something to many tasks, follows it to its end, and takes it back; `taken` is called once the
 * server has it. */
export function useActs(slug: string) {
  const client = useQueryClient();
  const refresh = useCallback(
    () => client.invalidateQueries({ queryKey: ['dataset', slug] }),
    [client, slug],
  );
  const run = useCallback(
    async (act: Act, on: On, count: number, taken?: () => void) => {
      const key = uuid7();
      const { begin, change } = useRuns.getState();
      begin({ key, slug, act, count });
      try {
        const outcome = await actOn(slug, act, on);
        change(key, { outcome });
        taken?.();
        await follow(slug, key);
      } catch (error) {
        change(key, { error });
      }
      await refresh();
    },
    [slug, refresh],
  );
  const undo = useCallback(async () => {
    const { runs, change } = useRuns.getState();
    const last = lastToUndo(runs, slug);
    if (!last?.outcome?.undo) return;
    try {
      await undoAct(slug, last.outcome.undo);
      change(last.key, { undone: true });
    } catch (error) {
      void notifyError(error);
    }
    await refresh();
  }, [slug, refresh]);
  return { run, undo };
}

/** Until it is done; whoever leaves the page comes back to where it is by then. */
async function follow(slug: string, key: string): Promise<void> {
  let failures = 0;
  for (;;) {
    const { runs, change } = useRuns.getState();
    const run = runs.find((each) => each.key === key);
    const id = run?.outcome?.id;
    if (!run || !goesOn(run) || id === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    try {
      change(key, { outcome: await outcomeOf(slug, id) });
      failures = 0;
    } catch (error) {
      // The act goes on without us; a line that is cut for a moment is no news of it.
      failures += 1;
      if (failures > MOST_FAILURES) throw error;
    }
  }
}
