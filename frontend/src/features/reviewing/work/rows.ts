import type { Conflict, Decision, ReviewTask } from '../api/reviews';
import { decisionOf } from './proposal';

type Version = ReviewTask['versions'][number];
type OptionId = Version['accept'][number];

/** One thing that can be said of a conflict about classes, on a row of its own. */
export interface Row {
  /** What it says: an option by its text, or one of the words for what has no name of its own. */
  readonly text: string | null;
  readonly word:
    'picked' | 'left' | 'option []' | 'answer accept' | 'answer reject' | 'answer ignore' | null;
  /** The letters of those who say so. */
  readonly by: readonly string[];
  readonly proposed: boolean;
  readonly decision: Decision;
}

/**
 * What can be said of a conflict about an answer or its options, in the order in which annotators
 * were offered it; null where the conflict is about something else.
 */
export function rowsOf(task: ReviewTask, conflict: Conflict): Row[] | null {
  if (conflict.object !== null || conflict.block !== null) return null;
  if (conflict.kind === 'answer' || conflict.kind === 'unsure') return answerRows(task, conflict);
  return conflict.option === null ? optionRows(task, conflict) : pickRows(task, conflict);
}

/** The decision that a digit stands for: a row's, or a choice's where there are no rows. */
export function decisionAt(task: ReviewTask, conflict: Conflict, digit: number) {
  const rows = rowsOf(task, conflict);
  return rows ? rows[digit - 1]?.decision : decisionOf(conflict, digit);
}

function answerRows(task: ReviewTask, { id }: Conflict): Row[] {
  return (['accept', 'reject', 'ignore'] as const).flatMap((answer) => {
    const said = counted(task).filter((version) => version.answer === answer);
    const proposed = task.merge.answer === answer;
    return said.length === 0
      ? []
      : [{ ...row(said, proposed, takes(id, said)), word: `answer ${answer}` as const }];
  });
}

/** Everything on offer, picked or not, and none of it where somebody said that. */
function optionRows(task: ReviewTask, { id }: Conflict): Row[] {
  const versions = accepting(task);
  const { accept } = task.merge;
  const rows = (task.options ?? []).map(({ id: option, text }): Row => {
    const said = versions.filter((version) => version.accept.includes(option));
    const proposed = accept?.length === 1 && accept[0] === option;
    return { ...row(said, proposed, { conflict: id, action: 'label', option }), text: text ?? '' };
  });
  const none = versions.filter((version) => version.accept.length === 0);
  if (none.length === 0) return rows;
  return [...rows, { ...row(none, accept?.length === 0, takes(id, none)), word: 'option []' }];
}

function pickRows(task: ReviewTask, { id, option }: Conflict): Row[] {
  const versions = accepting(task);
  const picks = (version: Version) => version.accept.includes(option as OptionId);
  const picked = versions.filter(picks);
  const left = versions.filter((version) => !picks(version));
  const proposed = task.merge.accept?.includes(option as OptionId) ?? false;
  const drop: Row = {
    ...row(left, !proposed, { conflict: id, action: 'delete' }),
    word: 'left',
  };
  if (picked.length === 0) return [drop];
  return [{ ...row(picked, proposed, takes(id, picked)), word: 'picked' }, drop];
}

function row(versions: readonly Version[], proposed: boolean, decision: Decision): Row {
  return { text: null, word: null, by: versions.map(({ key }) => key), proposed, decision };
}

function takes(conflict: string, versions: readonly Version[]): Decision {
  return { conflict, action: 'version', version: versions.at(-1)?.key ?? '' };
}

/** What came too late has no vote. */
function counted(task: ReviewTask): Version[] {
  return task.versions.filter(({ late }) => !late);
}

function accepting(task: ReviewTask): Version[] {
  return counted(task).filter(({ answer }) => answer === 'accept');
}
