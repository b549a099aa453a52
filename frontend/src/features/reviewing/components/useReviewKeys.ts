import { useBindings } from '@/lib/bindings';
import type { Acts } from '@/lib/bindings';
import { placeOfDigit } from '@/lib/digits';
import { keyMapOf } from '@/lib/shortcuts';
import { useKeys } from '@/lib/useKeys';
import type { Bench } from '../work/bench';
import { decisionAt } from '../work/rows';
import { reviewShortcuts } from '../work/shortcuts';
import type { ReviewShortcut } from '../work/shortcuts';

/** The review column of the key table. @returns all that keys do here, in any step */
export function useReviewKeys(bench: Bench, beside: Acts): ReviewShortcut[] {
  const { panel, editing } = bench;
  const { always, deciding, editing: edits } = reviewShortcuts(bench, beside, useBindings());
  const live = keyMapOf([...always, ...(editing.active ? edits : deciding)]);
  // A panel has keys of its own.
  useKeys(panel ? {} : live, panel ? undefined : digits(bench));
  return [...deciding, ...edits, ...always];
}

function digits(bench: Bench) {
  return (event: KeyboardEvent): boolean => {
    const place = placeOfDigit({ ...plain(event), altKey: false });
    if (place === null) return false;
    const { conflict, editing, editor, task, state } = bench;
    if (event.altKey) bench.setAlone(task.versions[place]?.key ?? null);
    else if (editing.active || state.step === 'coverage') {
      const label = [...editor.state.labels.keys()][place];
      if (label !== undefined) editor.setLabel(label);
    } else if (conflict) {
      const decision = decisionAt(task, conflict, place + 1);
      if (decision) bench.reviews.decide(decision);
    }
    return true;
  };
}

function plain({ code, shiftKey }: KeyboardEvent) {
  return { code, shiftKey };
}
