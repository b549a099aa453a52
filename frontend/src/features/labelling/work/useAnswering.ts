import { useEffect, useEffectEvent, useState } from 'react';
import type { Editor } from '@/canvas';
import type { Dataset } from '@/lib/datasets';
import type { OptionId, Response, Task, Verdict } from '../api/tasks';
import { dismissedOf, offersOf } from './offers';
import { Presses } from './presses';
import { startOf, styleOf, toggled } from './response';
import type { Work } from './store';
import { useRules } from './useRules';
import type { RuleCheck } from './useRules';

export interface Answering {
  /** The options that are picked. */
  readonly accept: readonly OptionId[];
  readonly rules: RuleCheck;
  /**
   * Gives an answer, unless a rule or a double press stands in its way. `empty` says that nothing is
   * there, whatever models suggest.
   */
  readonly submit: (answer: Verdict, empty?: boolean) => void;
  readonly choose: (option: OptionId) => void;
}

/** What is said of the task on the screen, until it is sent. `answered` is told of every answer. */
export function useAnswering(
  { dataset, work, task, editor }: { dataset: Dataset; work: Work; task: Task; editor: Editor },
  answered: () => void,
): Answering {
  const [presses] = useState(() => new Presses());
  const [accept, setAccept] = useAccept(task);
  const rules = useRules(dataset, editor, accept);
  const offers = dataset.interface === 'image_manual' && offersOf(task).length > 0;
  const said = (chosen: readonly OptionId[]): Response => ({
    spans: dataset.interface === 'image_manual' ? editor.getSpans() : [],
    accept: chosen,
    ...(offers && { dismissed: dismissedOf(task, editor.state.shapes) }),
    // Without blocks nobody here can say any; what a script wrote into the draft stays.
    ...(dataset.blocks.length > 0 && { attributes: editor.state.values }),
  });

  const keep = useEffectEvent(() => {
    work.keepDraft(said(accept));
  });
  useEffect(() => {
    let saved = 0;
    return editor.subscribe(({ revision }) => {
      if (revision === saved) return;
      saved = revision;
      keep();
    });
  }, [editor]);

  const give = (
    answer: Verdict,
    chosen: readonly OptionId[],
    how: { byPick?: true; empty?: boolean | undefined },
  ) => {
    const now = performance.now();
    if (!presses.mayAnswer(now) || !editor.isAtRest()) return;
    if (rules.stop(answer, chosen, how.empty)) return;
    presses.answer(now, { byPick: how.byPick ?? false });
    answered();
    work.submit(answer, said(chosen));
  };

  const choose = (option: OptionId) => {
    if (!presses.mayPick(performance.now())) return;
    const next = toggled(accept, option, styleOf(dataset));
    setAccept(next);
    work.keepDraft(said(next));
    if (dataset.auto_accept && next.length === 1) give('accept', next, { byPick: true });
  };

  return { accept, rules, choose, submit: (answer, empty) => give(answer, accept, { empty }) };
}

/** The chosen options of the task on the screen. */
function useAccept(task: Task) {
  const [chosen, setChosen] = useState({ task, accept: startOf(task).accept });
  const accept = chosen.task === task ? chosen.accept : startOf(task).accept;
  const set = (next: readonly OptionId[]) => {
    setChosen({ task, accept: next });
  };
  return [accept, set] as const;
}
