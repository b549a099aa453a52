import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Popup } from '@/components/bench/Popup';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import { errorText } from '@/lib/errorText';
import { flagTask } from '../api/tasks';

/** Shows the task to a manager, with a comment; the work on it goes on. */
export function FlagMenu({ taskId, onClose }: { taskId: string; onClose: () => void }) {
  const { t } = useTranslation('labelling');
  const [comment, setComment] = useState('');
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const send = () => {
    setSending(true);
    flagTask(taskId, comment).then(onClose, (problem: unknown) => {
      setError(problem);
      setSending(false);
    });
  };

  return (
    <Popup title={t('flag.title')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p className={frame.hint}>{t('flag.hint')}</p>
        <input
          className={controls.search}
          aria-label={t('flag.comment')}
          placeholder={t('flag.comment')}
          maxLength={2000}
          data-start
          value={comment}
          onChange={(event) => {
            setComment(event.target.value);
          }}
        />
        {error !== null && (
          <p className={frame.hint} role="alert">
            {t('flag.failed', { reason: errorText(error) })}
          </p>
        )}
        <button
          type="submit"
          className={controls.action}
          disabled={sending || comment.trim() === ''}
        >
          {t('flag.send')} <kbd>Enter</kbd>
        </button>
      </form>
    </Popup>
  );
}
