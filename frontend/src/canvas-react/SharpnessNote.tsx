import { useTranslation } from 'react-i18next';
import type { Sharpness } from './showing';
import classes from './SharpnessNote.module.css';

/** Why a large image is blurred: its pixels are on their way, or cannot be had. */
export function SharpnessNote({ sharpness }: { sharpness: Sharpness }) {
  const { t } = useTranslation('shell');
  return (
    <div className={classes.place} role="status">
      {sharpness !== 'sharp' && <p className={classes.note}>{t(`canvas.pixels.${sharpness}`)}</p>}
    </div>
  );
}
