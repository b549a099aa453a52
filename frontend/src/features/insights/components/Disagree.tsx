import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { uuid7 } from '@/lib/uuid7';
import { disagree } from '../api/items';
import classes from './OwnItems.module.css';

/** A word to the reviewer, in a thread that the two of them see. */
export function Disagree({ task }: { task: string }) {
  const { t } = useTranslation('insights');
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [key] = useState(uuid7);
  const sending = useMutation({ mutationFn: () => disagree(task, text.trim(), key) });
  if (sending.data) {
    return (
      <p role="status">
        {t('items.sent')}{' '}
        <Link to="/threads/$thread" params={{ thread: sending.data.id }}>
          {t('items.thread')}
        </Link>
      </p>
    );
  }
  if (!open) {
    return (
      <button type="button" className={classes.disagree} onClick={() => setOpen(true)}>
        {t('items.disagree')}
      </button>
    );
  }
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') sending.mutate();
      }}
    >
      <textarea
        rows={2}
        maxLength={4000}
        aria-label={t('items.why')}
        placeholder={t('items.why')}
        value={text}
        ref={(field) => field?.focus()}
        onChange={(event) => setText(event.target.value)}
        disabled={sending.isPending}
      />
      {sending.error && <ErrorNotice error={sending.error} />}
      <button type="submit" className={classes.disagree} disabled={text.trim() === ''}>
        {t('items.send')}
      </button>
    </form>
  );
}
