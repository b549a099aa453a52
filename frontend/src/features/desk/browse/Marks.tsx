import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import type { TaskRow } from '../api/tasks';
import classes from './Row.module.css';

const MOST_TAGS = 2;

/** What people hung upon a task: tags, open flags, and that it was sent back. */
export function Marks({ task }: { task: TaskRow }) {
  const { t } = useTranslation('browse');
  const more = task.tags.length - MOST_TAGS;
  return (
    <span className={classes.marks}>
      {task.tags.slice(0, MOST_TAGS).map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
      {more > 0 && <span className={classes.tag}>+{more}</span>}
      {task.flags > 0 && (
        <span title={t('flagged')}>
          <Icon name="alert" size={13} />
          <span className="unseen">{t('flagged')}</span>
        </span>
      )}
      {task.sent_back && (
        <span title={t('sentBack')}>
          <Icon name="undo" size={13} />
          <span className="unseen">{t('sentBack')}</span>
        </span>
      )}
    </span>
  );
}
