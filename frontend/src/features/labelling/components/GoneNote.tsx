import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import classes from './ToldNote.module.css';

/** An image was replaced or taken down while it was here. It stays until the next answer, or is closed. */
export default function GoneNote({ name, onClose }: { name: string; onClose: () => void }) {
  const { t } = useTranslation('labelling');
  return (
    <div className={classes.note} data-right={false} role="alert">
      <p>
        <b>{name === '' ? t('gone.group') : t('gone.image', { name })}</b> {t('gone.then')}
      </p>
      <button type="button" className={controls.remove} onClick={onClose}>
        <span className="unseen">{t('action.close', { ns: 'shell' })}</span>
        <span aria-hidden>×</span>
      </button>
    </div>
  );
}
