import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Editor, Hint } from '../canvas';
import classes from './HintNote.module.css';

/** How long a hint stays, ms: time to read two lines. */
const SHOWN = 5000;

/** Why something on the canvas did not happen, said where it did not. */
export function HintNote({ editor }: { editor: Editor }) {
  const { t } = useTranslation('shell');
  const [hint, setHint] = useState<Hint | null>(null);
  useEffect(() => {
    const unsubscribe = editor.onHint(setHint);
    return () => {
      unsubscribe();
      setHint(null);
    };
  }, [editor]);
  useEffect(() => {
    if (!hint) return undefined;
    const going = setTimeout(() => {
      setHint(null);
    }, SHOWN);
    return () => {
      clearTimeout(going);
    };
  }, [hint]);
  return (
    <div className={classes.place} role="status">
      {hint && <p className={classes.note}>{t(`canvas.${hint.code}`, { ...hint })}</p>}
    </div>
  );
}
