import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateBadge } from '@/components/StateBadge';
import type { DataSearch } from '@/lib/dataSearch';
import type { Label } from '@/lib/datasets';
import type { TaskRow } from '../api/tasks';
import { Picture } from './Picture';
import classes from './TaskGrid.module.css';

export interface TaskListProps {
  slug: string;
  /** Of the list: the page of a task leads on within it. */
  search: DataSearch;
  tasks: TaskRow[];
  labels: readonly Label[];
}

export function TaskGrid({ slug, search, tasks, labels }: TaskListProps) {
  const { t } = useTranslation('story');
  return (
    <ul className={classes.grid}>
      {tasks.map((task) => (
        <li key={task.id}>
          <Link
            to="/datasets/$slug/tasks/$task"
            params={{ slug, task: task.id }}
            search={search}
            className={classes.tile}
          >
            <span className={classes.frame}>
              <Picture task={task} labels={labels} />
            </span>
            <span className={classes.caption}>
              <StateBadge state={task.state} />
              <span className={classes.name}>
                {task.labels.join(', ') || task.image?.name || t('untitled')}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
