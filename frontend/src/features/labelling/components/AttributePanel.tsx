import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Editor } from '@/canvas';
import { focusCanvas, useEditorValue } from '@/canvas-react';
import { keySign, useBindings } from '@/lib/bindings';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import { FIELDS, askedOf, commonValue } from '../work/attributes';
import type { Asked } from '../work/attributes';
import { AttributeField } from './AttributeField';
import classes from './AttributePanel.module.css';

/** What the label of the selected shapes asks of them. Escape and Enter go back to the image. */
export default function AttributePanel({ editor }: { editor: Editor }) {
  const { t } = useTranslation('labelling');
  const keys = useBindings();
  const shapes = useEditorValue(editor, (state) => state.shapes);
  const selection = useEditorValue(editor, (state) => state.selection);
  const readOnly = useEditorValue(editor, (state) => state.readOnly);
  const locked = useEditorValue(editor, (state) => state.locked);
  const asked = askedOf({ ...editor.state, shapes, selection });
  if (!asked) return null;
  const fixed = readOnly || selection.every((id) => locked.has(id));
  return (
    <section>
      <h2 className={frame.heading}>
        {t('attribute.title', { label: asked.label })} <kbd>{keySign(keys.attributes)}</kbd>
      </h2>
      <fieldset id={FIELDS} className={classes.fields} disabled={fixed} onKeyDown={leave}>
        {asked.attributes.map((attribute) => (
          <AttributeField
            key={`${selection.join()} ${attribute.name}`}
            attribute={attribute}
            {...commonValue(asked.shapes, attribute.name)}
            onChange={(value, mergeKey) => {
              editor.setAttribute(attribute.name, value, mergeKey);
            }}
          />
        ))}
        <Unasked asked={asked} editor={editor} />
      </fieldset>
    </section>
  );
}

function leave(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.nativeEvent.isComposing) return;
  if (event.key !== 'Escape' && event.key !== 'Enter') return;
  event.preventDefault();
  event.stopPropagation();
  focusCanvas();
}

/** What shapes still say though their label asks it no more: nothing goes away by itself. */
function Unasked({ asked, editor }: { asked: Asked; editor: Editor }) {
  const { t } = useTranslation('labelling');
  return asked.unasked.map((name) => (
    <p key={name} className={classes.unasked}>
      <span>
        {name}: {String(commonValue(asked.shapes, name).value ?? t('attribute.several'))}
        <small>{t('attribute.unasked')}</small>
      </span>
      <button
        type="button"
        className={controls.remove}
        aria-label={t('attribute.remove', { name })}
        onClick={() => {
          editor.setAttribute(name, undefined);
        }}
      >
        ×
      </button>
    </p>
  ));
}
