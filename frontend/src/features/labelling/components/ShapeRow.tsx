import { memo } from 'react';
import type { CSSProperties, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Editor, Shape } from '@/canvas';
import { useBindings, withKey } from '@/lib/bindings';
import controls from '@/components/bench/controls.module.css';
import classes from './ShapeList.module.css';

interface Props {
  /** From 0; hints call it by the next number. */
  place: number;
  of: number;
  shape: Shape;
  colour: string | undefined;
  selected: boolean;
  /** The row that Tab comes to. */
  current: boolean;
  editor: Editor;
}

/** The canvas keeps the focus when a row is clicked. */
const keepFocus = (event: MouseEvent) => {
  event.preventDefault();
};

/** One shape of the list with what can be done to it. */
export const ShapeRow = memo(function ShapeRow(props: Props) {
  const { t } = useTranslation('labelling');
  const keys = useBindings();
  const { place, shape, editor } = props;
  const { x, y, width, height } = shape.rect;
  const size = `${Math.round(width)}×${Math.round(height)}`;
  const name = t('shape', { label: shape.label, size, x: Math.round(x), y: Math.round(y) });
  const tabIndex = props.current ? 0 : -1;
  return (
    <li
      className={classes.shape}
      style={{ '--place': place } as CSSProperties}
      aria-posinset={place + 1}
      aria-setsize={props.of}
    >
      <button
        type="button"
        className={controls.row}
        tabIndex={tabIndex}
        aria-pressed={props.selected}
        aria-label={name}
        onMouseDown={keepFocus}
        onClick={() => {
          editor.select([shape.id]);
        }}
        onDoubleClick={() => {
          editor.zoomToShape(shape.id);
        }}
      >
        <span className={controls.dim}>{place + 1}</span>
        <span className={controls.swatch} style={{ background: props.colour }} />
        <span className={classes.label}>{shape.label}</span>
        <span className={controls.dim}>{size}</span>
      </button>
      <button
        type="button"
        className={controls.remove}
        tabIndex={tabIndex}
        aria-label={t('deleteShape', { name })}
        title={withKey(t('delete'), keys.delete)}
        onMouseDown={keepFocus}
        onClick={() => {
          editor.select([shape.id]);
          editor.deleteSelection();
        }}
      >
        ×
      </button>
    </li>
  );
});
