import { useMemo, useRef } from 'react';
import type { RefObject } from 'react';
import type { Editor } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import type { Dataset } from '@/lib/datasets';
import type { OptionId, Verdict } from '../api/tasks';
import { openBlocks } from './blocks';
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
  readonly stop: (answer: Verdict, accept: readonly OptionId[]) => boolean;
}

/** The dataset's rules, held against what is on the page before anything is sent. */
export function useRules(
  { rules, drawing, blocks, interface: kind }: Dataset,
  editor: Editor,
  accept: readonly OptionId[],
): RuleCheck {
  const notice = useRef<HTMLDivElement>(null);
  const shapes = useEditorValue(editor, (state) => state.settled);
  const picks = kind === 'choice' || kind === 'image_choice';
  const count = (chosen: readonly OptionId[]) => (picks ? chosen.length : null);
  const options = count(accept);
  const values = useEditorValue(editor, (state) => state.values);
  const broken = useMemo(
    () => [...breaches(rules, drawing, { shapes, options }), ...openBlocks(blocks, values)],
    [rules, drawing, blocks, shapes, options, values],
  );
  const stop = (answer: Verdict, chosen: readonly OptionId[]) => {
    if (answer !== 'accept') return false;
    const now = { shapes: editor.state.settled, options: count(chosen) };
    const found = [...breaches(rules, drawing, now), ...openBlocks(blocks, editor.state.values)];
    if (found.length > 0) notice.current?.focus();
    return found.length > 0;
  };
  const ruled = Object.values(rules).some((rule) => (Array.isArray(rule) ? rule[0] : rule) != null);
  const some = ruled || blocks.some(({ required }) => required);
  return { some, broken, notice, stop };
}
