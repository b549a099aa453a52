import { useTranslation } from 'react-i18next';
import type { Editor, Shape } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import { useBindings, withKey } from '@/lib/bindings';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';

/** The shapes as text: to select, to delete, and for readers of the screen. */
export function ShapeList({ editor }: { editor: Editor }) {
  const { t } = useTranslation('labelling');
  const shapes = useEditorValue(editor, (state) => state.settled);
  const selection = useEditorValue(editor, (state) => state.selection);
  const labels = useEditorValue(editor, (state) => state.labels);
  return (
    <section className={controls.shapes}>
      <h2 className={frame.heading} aria-live="polite">
        {t('shapes', { count: shapes.length })}
      </h2>
      {shapes.length === 0 && <p className={frame.hint}>{t('noShapes')}</p>}
      <ul className={controls.rows}>
        {shapes.map((shape, n) => (
          <ShapeRow
            key={shape.id}
            number={n + 1}
            shape={shape}
            colour={labels.get(shape.label)?.colour}
            selected={selection.includes(shape.id)}
            editor={editor}
          />
        ))}
      </ul>
    </section>
  );
}

function ShapeRow(props: {
  /** What hints call it by. */
  number: number;
  shape: Shape;
  colour: string | undefined;
  selected: boolean;
  editor: Editor;
}) {
  const { t } = useTranslation('labelling');
  const keys = useBindings();
  const { shape, editor } = props;
  const { x, y, width, height } = shape.rect;
  const size = `${Math.round(width)}×${Math.round(height)}`;
  const name = t('shape', { label: shape.label, size, x: Math.round(x), y: Math.round(y) });
  return (
    <li className={controls.shape}>
      <button
        type="button"
        className={controls.row}
        aria-pressed={props.selected}
        aria-label={name}
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
        <span className={controls.dim}>{props.number}</span>
        <span className={controls.swatch} style={{ background: props.colour }} />
        <span className={controls.grow}>{shape.label}</span>
        <span className={controls.dim}>{size}</span>
      </button>
      <button
        type="button"
        className={controls.remove}
        aria-label={t('deleteShape', { name })}
        title={withKey(t('delete'), keys.delete)}
        onMouseDown={(event) => {
          event.preventDefault();
        }}
        onClick={() => {
          editor.select([shape.id]);
          editor.deleteSelection();
        }}
      >
        ×
      </button>
    </li>
  );
}
