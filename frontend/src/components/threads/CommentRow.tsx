import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ago } from '@/lib/format';
import { deleteComment, editComment, restoreComment } from '@/lib/threads';
import type { Called, Comment, PersonToCall, Thread } from '@/lib/threads';
import { CommentForm } from './CommentForm';
import { partsOf } from './mentions';
import classes from './threads.module.css';

/** Who is behind the letters, where the reviewer has asked for it. */
export type Names = Readonly<Record<string, string>> | null;

/** Calls people as the server does, and letters by names where they are shown. */
export function useCalling(names: Names) {
  const { t } = useTranslation('threads');
  return ({ side, name, me }: Called) => {
    if (me) return t('you');
    if (name === '') return t(side === 'reviewer' ? 'aReviewer' : 'anAnnotator');
    const known = side === 'annotator' ? names?.[name] : undefined;
    return known ? `${name} · ${known}` : name;
  };
}

/** One thing said, and for its author what can be done about it. */
export function CommentRow(props: {
  comment: Comment;
  people: readonly PersonToCall[];
  names: Names;
  onChanged: (thread: Promise<Thread>) => void;
}) {
  const { t, i18n } = useTranslation('threads');
  const { comment, people, onChanged } = props;
  const [editing, setEditing] = useState(false);
  const call = useCalling(props.names);
  const { id, by, text } = comment;
  if (editing && text !== null)
    return (
      <CommentForm
        {...{ people, label: t('edit'), send: t('save'), start: text, focused: true }}
        onSend={(said) => editComment(id, said)}
        onSent={(thread) => {
          setEditing(false);
          onChanged(Promise.resolve(thread));
        }}
        onCancel={() => setEditing(false)}
      />
    );
  const words = comment.mentions.map(({ word }) => word);
  return (
    <div className={classes.comment}>
      <p className={classes.by}>
        <b>{call(by)}</b> {ago(comment.created_at, i18n.language)}
        {comment.edited_at !== null && ` · ${t('edited')}`}
      </p>
      {text === null ? (
        <p className={classes.gone}>{t('deleted')}</p>
      ) : (
        <p className={classes.words}>
          {partsOf(text, words).map((part, place) =>
            part.call ? <b key={place}>{part.text}</b> : part.text,
          )}
        </p>
      )}
      {by.me && (
        <p className={classes.acts}>
          {text === null ? (
            <button type="button" onClick={() => onChanged(restoreComment(id))}>
              {t('restore')}
            </button>
          ) : (
            <>
              <button type="button" onClick={() => setEditing(true)}>
                {t('edit')}
              </button>
              <button type="button" onClick={() => onChanged(deleteComment(id))}>
                {t('delete')}
              </button>
            </>
          )}
        </p>
      )}
    </div>
  );
}
