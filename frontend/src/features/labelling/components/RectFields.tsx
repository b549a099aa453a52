import { useTranslation } from 'react-i18next';
import { withSide } from '@/canvas';
import type { Editor, Rect, RectShape } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import { numberIn } from '../work/number';
import { RectField } from './RectField';
import classes from './RectFields.module.css';

const SIDES = ['x', 'y', 'width', 'height'] as const;

interface Props {
  editor: Editor;
  box: RectShape;
}

/** The exact numbers of a box: all that a drag does to it, without dragging. */
export default function RectFields({ editor, box }: Props) {
  const { t } = useTranslation('labelling');
  const readOnly = useEditorValue(editor, (state) => state.readOnly);
  const commit = (side: keyof Rect, text: string): boolean => {
    const value = numberIn(text);
    if (value !== null) editor.setRect(box.id, withSide(box.rect, side, value, editor.image));
    return value !== null;
  };
  return (
    <fieldset className={classes.rect} aria-label={t('rect.title')} disabled={readOnly}>
      {SIDES.map((side) => (
        <RectField
          // A number begun for one box is not for the next.
          key={`${box.id} ${side}`}
          sign={t(`rect.sign.${side}`)}
          name={t(`rect.${side}`)}
          refusal={t('rect.notANumber')}
          value={box.rect[side]}
          onCommit={(text) => commit(side, text)}
        />
      ))}
    </fieldset>
  );
}
