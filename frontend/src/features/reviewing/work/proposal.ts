import type { Conflict, Decision, ReviewTask } from '../api/reviews';

/** What the reviewer has said so far, by conflict. */
export type Decided = ReadonlyMap<string, Decision>;

/** Whether the merge proposes anything on this point; a tie has to be broken by a person. */
export function hasProposal(task: ReviewTask, conflict: Conflict): boolean {
  if (conflict.object !== null) {
    return conflict.kind !== 'label' || objectOf(task, conflict)?.label !== null;
  }
  if (conflict.kind === 'answer' || conflict.kind === 'unsure') return task.merge.answer !== null;
  if (conflict.option !== null) return true;
  if (conflict.block !== null) return task.merge.attributes[conflict.block] !== null;
  return task.merge.accept !== null;
}

/** What the conflict is about; of an image among others the question is whether it is picked. */
export function kindOf(task: ReviewTask, conflict: Conflict) {
  const picks = task.interface === 'image_choice' && conflict.option !== null;
  return picks ? 'pick' : conflict.kind;
}

export function objectOf(task: ReviewTask, conflict: Conflict | undefined) {
  return conflict?.object == null ? undefined : task.merge.objects[conflict.object];
}

/** The next conflict without a decision, after `place` and round again; undefined when none is left. */
export function nextOpen(task: ReviewTask, decided: Decided, place: number): number | undefined {
  const places = task.conflicts.map((_, n) => (place + 1 + n) % task.conflicts.length);
  return places.find((n) => !decided.has(task.conflicts[n]?.id ?? ''));
}

/** What a task starts with: decisions of an earlier visit. */
export function decidedBefore(task: ReviewTask): Map<string, Decision> {
  return new Map(
    task.decisions.flatMap((decision) =>
      decision.conflict === null ? [] : [[decision.conflict, decision] as const],
    ),
  );
}

/** The decision that a digit stands for. */
export function decisionOf(conflict: Conflict, digit: number): Decision | undefined {
  const choice = conflict.choices.find(({ n }) => n === digit);
  if (!choice) return undefined;
  const { kind, version, label, option } = choice;
  if (kind === 'version')
    return { conflict: conflict.id, action: 'version', version: version ?? '' };
  if (kind === 'label') return { conflict: conflict.id, action: 'label', label: label ?? '' };
  return { conflict: conflict.id, action: 'label', option: option ?? '' };
}
