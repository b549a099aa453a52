import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import type { Editor, LayerInput } from '@/canvas';
import type { Returned, Task } from '../api/tasks';
import classes from './ReturnNotes.module.css';

const PIN = '#f0a93b';

/** What a reviewer said of my answer: pins on the image, open, and the same in words. */
export default function ReturnNotes({ task, editor }: { task: Task; editor: Editor }) {
  const { t } = useTranslation('labelling');
  const [open, setOpen] = useState(true);
  const { returns } = task;
  const said = ({ fault, comment }: Returned) => {
    if (comment === '') return t(`fault.${fault}`);
    return fault === 'other' ? comment : `${t(`fault.${fault}`)}: ${comment}`;
  };

  useEffect(() => {
    editor.setLayers(open ? [pins(returns, (row) => t(`fault.${row.fault}`))] : []);
    return () => {
      editor.setLayers([]);
    };
  }, [editor, returns, open, t]);

  if (!open)
    return (
      <button
        type="button"
        className={`${classes.notes} ${controls.action}`}
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('returned.show', { count: returns.length })}
      </button>
    );
  return (
    <section className={classes.notes} aria-label={t('returned.title')}>
      <header className={classes.head}>
        <b>{t('returned.title')}</b>
        <button
          type="button"
          className={controls.remove}
          onClick={() => {
            setOpen(false);
          }}
        >
          <span className="unseen">{t('returned.hide')}</span>
          <span aria-hidden>×</span>
        </button>
      </header>
      <ol className={classes.list}>
        {returns.map((row) => (
          <li key={row.id}>
            {said(row)}{' '}
            {row.region && (
              <button
                type="button"
                className={classes.place}
                onClick={() => {
                  editor.zoomToShape(row.id);
                }}
              >
                {t('returned.place')}
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Numbered as in the list. */
function pins(returns: readonly Returned[], said: (row: Returned) => string): LayerInput {
  const spans = returns.flatMap((row, place) =>
    row.region
      ? [{ ...row.region, id: row.id, type: 'rect', label: `${String(place + 1)} · ${said(row)}` }]
      : [],
  );
  return { id: 'returns', spans, colour: PIN, dash: [4, 4] };
}
