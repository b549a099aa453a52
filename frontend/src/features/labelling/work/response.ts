import type { Dataset, Option } from '@/lib/datasets';
import type { AnswerBody } from '../api/answers';
import type { OptionId, Response, Task } from '../api/tasks';
import { sameWork } from './conflict';
import type { Conflict } from './conflict';
import type { KeptAnswer } from './keep/database';
import { givenSpans, suggestionFor } from './offers';

/** What the page starts from: my draft if there is one, else what a list said. */
export function startOf(task: Task): Response {
  return task.draft ?? { spans: givenSpans(task), accept: suggestionFor(task)?.accept ?? [] };
}

/** Whether a second pick replaces the first; images are each picked for themselves. */
export function styleOf(dataset: Pick<Dataset, 'interface' | 'choice_style'>) {
  return dataset.interface === 'image_choice' ? 'multiple' : dataset.choice_style;
}

/** Picks or drops an option (1 and "1" are two); a single choice replaces the one before. */
export function toggled(
  chosen: readonly OptionId[],
  option: OptionId,
  style: 'single' | 'multiple',
): OptionId[] {
  if (chosen.includes(option)) {
    return chosen.filter((each) => each !== option);
  }
  return style === 'single' ? [option] : [...chosen, option];
}

export function optionAt(options: readonly Option[] | null, place: number): OptionId | undefined {
  return options?.[place]?.id;
}

/** What is sent of a response; the rest of it is only for drafts. */
export function answerBody(
  response: Response,
  about: Required<Pick<AnswerBody, 'answer' | 'lease' | 'base' | 'seconds'>>,
): AnswerBody {
  const { page, dismissed, ...said } = response;
  return { ...said, ...about };
}

/**
 * The task of a refused answer, to be shown again with `begun`, what was done to it since, or with
 * the answer. If another page's answer is there already, that one is the other version; null if it
 * says the same.
 */
export function asReopened(
  { task, body, problem }: KeptAnswer,
  begun: Response | null,
): { task: Task; conflict: Conflict | null } | null {
  const draft = begun ?? task.draft;
  const { code, current } = (problem?.body ?? {}) as { code?: string; current?: Current };
  if (code !== 'answer_stale' || !current) {
    return { task: { ...task, lease: body.lease ?? null, draft }, conflict: null };
  }
  const { revision, ...theirs } = current;
  if (!draft || sameWork(draft, theirs)) return null;
  const versions = [draft, theirs];
  return {
    task: { ...task, lease: null, revision, draft },
    conflict: { versions, chosen: null },
  };
}

type Current = Response & { revision: number };
