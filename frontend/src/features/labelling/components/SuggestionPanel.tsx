import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Editor } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import { keySign, useBindings } from '@/lib/bindings';
import { formatScore } from '@/lib/format';
import { addWords } from '@/lib/i18n';
import words from '@/locales/en/suggestions.json';
import type { Task } from '../api/tasks';
import { countOffers, offersOf } from '../work/offers';
import { SuggestionList } from './SuggestionList';
import classes from './SuggestionPanel.module.css';

addWords('suggestions', words);

/** What a model offers: from which score on it is shown, and the way into the answer. */
export default function SuggestionPanel({ task, editor }: { task: Task; editor: Editor }) {
  const { t } = useTranslation('suggestions');
  const keys = useBindings();
  const shapes = useEditorValue(editor, (state) => state.shapes);
  const threshold = useEditorValue(editor, (state) => state.threshold);
  const scores = offersOf(task).flatMap(({ score }) => score ?? []);
  const { total, below, shown } = countOffers({ shapes, threshold });
  const from = formatScore(Math.max(threshold, 0));
  return (
    <section>
      <h2 className={frame.heading}>{t('title', { count: shown })}</h2>
      {scores.length > 0 && (
        <Threshold editor={editor} scores={scores} value={threshold}>
          {t('below', { count: below, total, from })}
        </Threshold>
      )}
      <button
        type="button"
        className={controls.action}
        disabled={shown === 0}
        onMouseDown={(event) => {
          event.preventDefault();
        }}
        onClick={() => {
          editor.accept();
        }}
      >
        {t('all')} <kbd>{keySign(keys.take)}</kbd>
      </button>
      <SuggestionList editor={editor} />
    </section>
  );
}

/** Scores are any numbers, though most models give shares of one. */
function Threshold(props: {
  editor: Editor;
  scores: readonly number[];
  value: number;
  children: string;
}) {
  const { t } = useTranslation('suggestions');
  const before = useRef<EventTarget | null>(null);
  const lowest = Math.min(0, ...props.scores);
  const highest = Math.max(1, ...props.scores);
  const value = Math.max(props.value, lowest);
  return (
    <>
      <label className={classes.threshold}>
        {t('threshold')}
        <output>{formatScore(value)}</output>
        <input
          type="range"
          min={lowest}
          max={highest}
          step={(highest - lowest) / 100}
          value={value}
          aria-valuetext={`${formatScore(value)}. ${props.children}`}
          onFocus={(event) => {
            before.current = event.relatedTarget;
          }}
          onChange={(event) => {
            props.editor.setThreshold(Number(event.target.value));
          }}
          // Whoever dragged it goes on with the keys of the page.
          onPointerUp={(event) => {
            if (before.current instanceof HTMLElement) before.current.focus();
            else event.currentTarget.blur();
          }}
        />
      </label>
      <p className={frame.hint}>{props.children}</p>
    </>
  );
}
