import { useMemo, useRef } from 'react';
import type { RefObject } from 'react';
import type { Editor, EditorState } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import type { Dataset } from '@/lib/datasets';
import { i18next } from '@/lib/i18n';
import type { OptionId, Verdict } from '../api/tasks';
import { openBlocks } from './blocks';
import { countOffers } from './offers';
import { breaches } from './rules';
import type { Breach } from './rules';

export interface RuleCheck {
  /** Whether the dataset has any. */
  readonly some: boolean;
  /** What accepting would break right now. */
  readonly broken: readonly Breach[];
  /** The place that shows it. */
  readonly notice: RefObject<HTMLDivElement | null>;
  /** Whether this answer must not be sent; the focus is then with what stands in its way. */
  readonly stop: (answer: Verdict, accept: readonly OptionId[], empty?: boolean) => boolean;
}

/** The dataset's rules, held against what is on the page before anything is sent. */
export function useRules(
  { rules, drawing, blocks, interface: kind }: Dataset,
  editor: Editor,
  accept: readonly OptionId[],
): RuleCheck {
  const notice = useRef<HTMLDivElement>(null);
  const shapes = useEditorValue(editor, (state) => state.settled);
  // What labels ask never changes while a task is on the screen.
  const { kinds, asked } = editor.state;
  const picks = kind === 'choice' || kind === 'image_choice';
  const count = (chosen: readonly OptionId[]) => (picks ? chosen.length : null);
  const options = count(accept);
  const values = useEditorValue(editor, (state) => state.values);
  const offered = useEditorValue(editor, unansweredOffers);
  const broken = useMemo(
    () => [
      ...breaches(rules, drawing, { kinds, asked }, { shapes, options }),
      ...openBlocks(blocks, values),
      ...ofOffers(offered),
    ],
    [rules, drawing, kinds, asked, blocks, shapes, options, values, offered],
  );
  const stop = (answer: Verdict, chosen: readonly OptionId[], empty = false) => {
    if (answer !== 'accept') return false;
    const now = { shapes: editor.state.settled, options: count(chosen) };
    const found = [
      ...breaches(rules, drawing, { kinds, asked }, now),
      ...openBlocks(blocks, editor.state.values),
    ];
    if (!empty) found.push(...ofOffers(unansweredOffers(editor.state)));
    if (found.length > 0) notice.current?.focus();
    return found.length > 0;
  };
  const ruled = Object.values(rules).some((rule) => (Array.isArray(rule) ? rule[0] : rule) != null);
  const asks = [...asked.values()].some((attributes) => attributes.length > 0);
  const some =
    ruled || kinds.size > 0 || asks || offered > 0 || blocks.some(({ required }) => required);
  return { some, broken, notice, stop };
}

/** How many suggestions are shown while the answer is empty: it would say that nothing is there. */
function unansweredOffers(state: EditorState): number {
  return state.settled.length === 0 ? countOffers(state).shown : 0;
}

function ofOffers(count: number): Breach[] {
  if (count === 0) return [];
  return [{ rule: 'suggestions', detail: i18next.t('labelling:rule.suggestions', { count }) }];
}
