import { create } from 'zustand';
import type { Act, Outcome } from '../../api/acts';

/** One act on many, from the press on until the note about it is closed. */
export interface Run {
  readonly key: string;
  readonly slug: string;
  readonly act: Act;
  /** On how many, as far as that was known. */
  readonly count: number;
  readonly outcome: Outcome | null;
  readonly error: unknown;
  readonly undone: boolean;
  /** Its note was closed while it goes on. */
  readonly hidden: boolean;
}

interface Runs {
  readonly runs: readonly Run[];
  begin: (run: Pick<Run, 'key' | 'slug' | 'act' | 'count'>) => void;
  change: (key: string, to: Partial<Run>) => void;
  close: (key: string) => void;
}

/** The last act of each dataset, and those that go on: they outlive the list, so that a long one can
 * be left and come back to. */
export const useRuns = create<Runs>((set) => ({
  runs: [],
  begin: (run) =>
    set(({ runs }) => ({
      runs: [
        ...runs.filter((each) => each.slug !== run.slug || goesOn(each)),
        { ...run, outcome: null, error: null, undone: false, hidden: false },
      ],
    })),
  change: (key, to) =>
    set(({ runs }) => ({ runs: runs.map((run) => (run.key === key ? { ...run, ...to } : run)) })),
  close: (key) =>
    set(({ runs }) => ({
      runs: runs
        .filter((run) => run.key !== key || goesOn(run))
        .map((run) => (run.key === key ? { ...run, hidden: true } : run)),
    })),
}));

export function goesOn({ outcome, error }: Run): boolean {
  if (error !== null) return false;
  return outcome === null || outcome.state === 'queued' || outcome.state === 'running';
}

export function canUndo(run: Run): boolean {
  return !run.undone && !goesOn(run) && !!run.outcome?.undo;
}

/** The last act, if it can be taken back: what was done before it is not meant by that. */
export function lastToUndo(runs: readonly Run[], slug: string): Run | undefined {
  const last = runs.findLast((run) => run.slug === slug);
  return last && canUndo(last) ? last : undefined;
}
