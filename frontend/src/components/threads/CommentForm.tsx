import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import { errorText } from '@/lib/errorText';
import type { PersonToCall, Said, Thread } from '@/lib/threads';
import { uuid7 } from '@/lib/uuid7';
import { CallField } from './CallField';
import { mentionsIn } from './mentions';
import classes from './threads.module.css';

/** Something to say: a new thread, an answer, or an earlier word put otherwise. */
export function CommentForm(props: {
  label: string;
  send: string;
  start?: string;
  focused?: boolean;
  people: readonly PersonToCall[];
  onSend: (said: Said, key: string) => Promise<Thread>;
  onSent: (thread: Thread) => void;
  onCancel?: () => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation('threads');
  const { people, start = '', onSend, onSent, onCancel } = props;
  const [text, setText] = useState(start);
  // A second try to say the same thing is known by its key.
  const key = useMemo(() => ({ text, value: uuid7() }), [text]).value;
  const sending = useMutation({
    mutationFn: () => onSend({ text: text.trim(), mentions: mentionsIn(text, people) }, key),
    onSuccess: (thread) => {
      setText('');
      onSent(thread);
    },
  });
  const send = () => {
    if (text.trim() !== '' && !sending.isPending) sending.mutate();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !onCancel) return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <CallField
        {...{ label: props.label, value: text, people, focused: props.focused ?? false }}
        onChange={setText}
        onSend={send}
      />
      {props.children}
      {sending.error && (
        <p className={frame.hint} role="alert">
          {t('failed', { reason: errorText(sending.error) })}
        </p>
      )}
      <div className={classes.ways}>
        <button type="submit" className={controls.action} disabled={text.trim() === ''}>
          {props.send} <kbd>⏎</kbd>
        </button>
        {onCancel && (
          <button type="button" className={controls.action} onClick={onCancel}>
            {t('cancel')} <kbd>Esc</kbd>
          </button>
        )}
      </div>
    </form>
  );
}
