import { useTranslation } from 'react-i18next';
import type { Editor, Shape } from '@/canvas';
import { isBelow } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import controls from '@/components/bench/controls.module.css';
import { formatScore } from '@/lib/format';
import classes from './SuggestionPanel.module.css';

/** The suggestions that are shown, to look at, to accept and to dismiss one by one. */
export function SuggestionList({ editor }: { editor: Editor }) {
  const shapes = useEditorValue(editor, (state) => state.shapes);
  const threshold = useEditorValue(editor, (state) => state.threshold);
  const selection = useEditorValue(editor, (state) => state.selection);
  const shown = shapes.filter((shape) => shape.suggested && !isBelow(shape, threshold));
  return (
    <ul className={`${controls.rows} ${classes.list}`}>
      {shown.map((shape) => (
        <Row key={shape.id} editor={editor} shape={shape} selected={selection.includes(shape.id)} />
      ))}
    </ul>
  );
}

function Row({ editor, shape, selected }: { editor: Editor; shape: Shape; selected: boolean }) {
  const { t } = useTranslation('suggestions');
  const labels = useEditorValue(editor, (state) => state.labels);
  const { x, y, width, height } = shape.rect;
  const size = `${Math.round(width)}×${Math.round(height)}`;
  const name = t('place', { label: shape.label, size, x: Math.round(x), y: Math.round(y) });
  const score = shape.suggested?.score ?? null;
  const says = score === null ? '' : formatScore(score);
  const button = (does: string, sign: string, act: () => void) => (
    <button
      type="button"
      className={controls.remove}
      aria-label={does}
      title={does}
      onMouseDown={(event) => {
        event.preventDefault();
      }}
      onClick={act}
    >
      {sign}
    </button>
  );
  return (
    <li className={controls.shape}>
      <button
        type="button"
        className={controls.row}
        aria-pressed={selected}
        aria-label={t('shape', { name, score: says })}
        onMouseDown={(event) => {
          event.preventDefault();
        }}
        onClick={() => {
          editor.select([shape.id]);
        }}
        onDoubleClick={() => {
          editor.zoomToShape(shape.id);
        }}
      >
        <span className={classes.swatch} style={{ color: labels.get(shape.label)?.colour }} />
        <span className={controls.grow}>{shape.label}</span>
        <span className={controls.dim}>{says}</span>
      </button>
      {button(t('accept', { name }), '✓', () => {
        editor.accept([shape.id]);
      })}
      {button(t('dismiss', { name }), '×', () => {
        editor.select([shape.id]);
        editor.deleteSelection();
      })}
    </li>
  );
}
