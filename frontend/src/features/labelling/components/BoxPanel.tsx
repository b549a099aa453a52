import { useTranslation } from 'react-i18next';
import type { Editor } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import { keySign, useBindings } from '@/lib/bindings';
import controls from '@/components/bench/controls.module.css';
import classes from './BoxPanel.module.css';

/** The box in question in words, and the way to see it close up: it may be small. */
export function BoxPanel({ editor }: { editor: Editor }) {
  const { t } = useTranslation('labelling');
  const keys = useBindings();
  const shapes = useEditorValue(editor, (state) => state.shapes);
  const labels = useEditorValue(editor, (state) => state.labels);
  const fits = useEditorValue(editor, (state) => state.viewport.fits);
  const look = () => {
    if (fits) editor.zoomToAll();
    else editor.view.fit();
  };
  return (
    <section className={classes.asked}>
      {shapes.map(({ id, label, rect }) => (
        <p key={id} className={classes.chip}>
          <span
            className={controls.swatch}
            style={{ background: labels.get(label)?.colour }}
            aria-hidden
          />
          <b>{label}</b>
          <span className={controls.dim}>
            {Math.round(rect.width)}×{Math.round(rect.height)}
          </span>
        </p>
      ))}
      <button type="button" className={controls.action} onClick={look}>
        {t(fits ? 'closeUp' : 'fit')} <kbd>{keySign(fits ? keys.zoom_selection : keys.fit)}</kbd>
      </button>
    </section>
  );
}
