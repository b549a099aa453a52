import { memo } from 'react';
import type { CSSProperties, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Editor, LabelStyle, Shape } from '@/canvas';
import { useBindings, withKey } from '@/lib/bindings';
import { Icon } from '@/components/Icon';
import type { IconName } from '@/components/Icon';
import controls from '@/components/bench/controls.module.css';
import { LabelSwatch } from './LabelSwatch';
import classes from './ShapeList.module.css';

interface Props {
  /** From 0; hints call it by the next number. */
  place: number;
  of: number;
  shape: Shape;
  style: LabelStyle | undefined;
  selected: boolean;
  /** The row that Tab comes to. */
  current: boolean;
  locked: boolean;
  concealed: boolean;
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
  const label = `${shape.label} ${place + 1}`;
  const name = t('shape', { label, size, x: Math.round(x), y: Math.round(y) });
  const tabIndex = props.current ? 0 : -1;
  return (
    <li
      className={classes.shape}
      style={{ '--place': place } as CSSProperties}
      aria-posinset={place + 1}
      aria-setsize={props.of}
      data-selected={props.selected}
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
        <LabelSwatch style={props.style} />
        <span className={classes.label}>{shape.label}</span>
        <span className={controls.dim}>{size}</span>
      </button>
      <Toggle
        name={t('lockShape', { name })}
        title={withKey(t(props.locked ? 'unlock' : 'lock'), props.selected ? keys.lock : '')}
        icon={props.locked ? 'lock' : 'unlock'}
        pressed={props.locked}
        tabIndex={tabIndex}
        onClick={() => {
          editor.lock([shape.id]);
        }}
      />
      <Toggle
        name={t('concealShape', { name })}
        title={withKey(t(props.concealed ? 'show' : 'conceal'), props.selected ? keys.conceal : '')}
        icon={props.concealed ? 'eyeOff' : 'eye'}
        pressed={props.concealed}
        tabIndex={tabIndex}
        onClick={() => {
          editor.conceal([shape.id]);
        }}
      />
      <button
        type="button"
        className={controls.remove}
        tabIndex={tabIndex}
        disabled={props.locked}
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

/** Seen on the row in hand; on the others only while it is pressed. */
function Toggle(props: {
  name: string;
  title: string;
  icon: IconName;
  pressed: boolean;
  tabIndex: number;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      className={classes.toggle}
      aria-label={props.name}
      aria-pressed={props.pressed}
      title={props.title}
      tabIndex={props.tabIndex}
      onMouseDown={keepFocus}
      onClick={props.onClick}
    >
      <Icon name={props.icon} size={15} />
    </button>
  );
}
