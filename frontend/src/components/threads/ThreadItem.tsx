import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import { reopenThread, resolveThread, writeComment } from '@/lib/threads';
import type { PersonToCall, Thread } from '@/lib/threads';
import { CommentForm } from './CommentForm';
import { CommentRow, useCalling } from './CommentRow';
import type { Names } from './CommentRow';
import classes from './threads.module.css';

/** One conversation: what was said, a field to answer, and the end of it. */
export function ThreadItem(props: {
  thread: Thread;
  /** The one that a link or a key led to. */
  shown: boolean;
  people: readonly PersonToCall[];
  names: Names;
  onShow: (thread: Thread) => void;
  onChanged: (thread: Promise<Thread>) => void;
}) {
  const { t } = useTranslation('threads');
  const { thread, shown, people, names, onChanged } = props;
  const item = useRef<HTMLLIElement>(null);
  const call = useCalling(names);
  useEffect(() => {
    if (shown) item.current?.scrollIntoView({ block: 'nearest' });
  }, [shown]);
  const resolved = thread.resolved_at !== null;
  return (
    <li ref={item} className={classes.thread} data-resolved={resolved} aria-current={shown}>
      <div className={classes.head}>
        <span className={classes.state}>
          {resolved && thread.resolved_by
            ? t('resolvedBy', { who: call(thread.resolved_by) })
            : t('open')}
        </span>
        {thread.region && (
          <button type="button" className={controls.action} onClick={() => props.onShow(thread)}>
            {t('show')}
          </button>
        )}
        {thread.may_resolve && (
          <button
            type="button"
            className={controls.action}
            onClick={() => onChanged((resolved ? reopenThread : resolveThread)(thread.id))}
          >
            {t(resolved ? 'reopen' : 'resolve')}
          </button>
        )}
      </div>
      {thread.comments.map((comment) => (
        <CommentRow key={comment.id} {...{ comment, people, names, onChanged }} />
      ))}
      <CommentForm
        {...{ people, label: t('answer'), send: t('send'), focused: shown && !resolved }}
        onSend={(said, key) => writeComment(thread.id, said, key)}
        onSent={(now) => onChanged(Promise.resolve(now))}
      />
    </li>
  );
}
