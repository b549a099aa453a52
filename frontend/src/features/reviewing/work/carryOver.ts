import type { Conflict, Decision, ReviewTask } from '../api/reviews';
import { nextOpen, objectOf } from './proposal';
import type { Decided } from './proposal';

/** Objects that moved by less are where they were, px. */
const STILL = 0.5;

export interface CarriedOver {
  /** By the conflicts' new names. */
  readonly decided: Map<string, Decision>;
  /** From old names to new ones, of the conflicts that are still there. */
  readonly names: Map<string, string>;
  /** The conflict to go on with. */
  readonly place: number;
}

/**
 * What holds of the decisions on `old` now that the answers are others: those on conflicts about
 * which everybody still says the same. `place` was on the screen and stays there if it is left.
 */
export function carryOver(
  old: ReviewTask,
  now: ReviewTask,
  decided: Decided,
  place: number,
): CarriedOver {
  const names = new Map<string, string>();
  for (const conflict of old.conflicts) {
    const same = now.conflicts.find((each) => isSame(old, conflict, now, each));
    if (same) names.set(conflict.id, same.id);
  }
  const kept = new Map<string, Decision>();
  for (const [id, decision] of decided) {
    const name = names.get(id);
    if (name !== undefined) kept.set(name, { ...decision, conflict: name });
  }
  const here = names.get(old.conflicts[place]?.id ?? '');
  const found = now.conflicts.findIndex(({ id }) => id === here);
  return { decided: kept, names, place: found >= 0 ? found : (nextOpen(now, kept, -1) ?? 0) };
}

function isSame(old: ReviewTask, one: Conflict, now: ReviewTask, other: Conflict): boolean {
  const said = ({ kind, text, option, block, choices }: Conflict) =>
    JSON.stringify([kind, text, option, block, choices]);
  if (said(one) !== said(other)) return false;
  const [before, after] = [objectOf(old, one)?.span, objectOf(now, other)?.span];
  if (!before || !after) return before === after;
  const sides = ['x', 'y', 'width', 'height'] as const;
  return sides.every((side) => Math.abs(before[side] - after[side]) < STILL);
}
