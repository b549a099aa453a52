import { useTranslation } from 'react-i18next';
import type { Task } from '../api/tasks';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';

/** The image cannot be shown: what is known of it, and the way on. */
export function BrokenImage({ task, onSkip }: { task: Task; onSkip: (() => void) | undefined }) {
  const { t } = useTranslation('labelling');
  return (
    <div className={frame.broken} role="alert">
      <b>{t('broken.title')}</b>
      <p>{t('broken.text', { name: task.images[0]?.name })}</p>
      {onSkip && (
        <button type="button" className={controls.action} onClick={onSkip}>
          {t('skip')}
        </button>
      )}
    </div>
  );
}
