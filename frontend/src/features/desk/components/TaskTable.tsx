import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateBadge } from '@/components/StateBadge';
import tables from '@/components/Table.module.css';
import { ago } from '@/lib/format';
import type { TaskListProps } from './TaskGrid';
import classes from './TaskTable.module.css';

export function TaskTable({ slug, search, tasks }: TaskListProps) {
  const { t, i18n } = useTranslation('desk');
  return (
    <div className={tables.scroll}>
      <table className={tables.table}>
        <thead>
          <tr>
            <th>{t('data.image')}</th>
            <th>{t('data.state')}</th>
            <th>{t('data.labels')}</th>
            <th data-number>{t('data.answers')}</th>
            <th data-number>{t('data.confidence')}</th>
            <th>{t('data.changed')}</th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <tr key={task.id}>
              <td>
                <Link
                  to="/datasets/$slug/tasks/$task"
                  params={{ slug, task: task.id }}
                  search={search}
                  className={classes.open}
                >
                  {task.image && <img src={task.image.thumbnail} alt="" loading="lazy" />}
                  {task.image?.name}
                </Link>
              </td>
              <td>
                <StateBadge state={task.state} />
              </td>
              <td>{task.labels.join(', ')}</td>
              <td data-number>{task.answers}</td>
              <td data-number>
                {task.confidence === null ? '–' : `${Math.round(100 * task.confidence)} %`}
              </td>
              <td>{ago(task.updated_at, i18n.language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
