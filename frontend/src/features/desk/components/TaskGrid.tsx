import { UnstyledButton } from '@mantine/core';
import { StateBadge } from '@/components/StateBadge';
import type { Label } from '@/lib/datasets';
import type { TaskRow } from '../api/tasks';
import { Picture } from './Picture';
import classes from './TaskGrid.module.css';

export interface TaskListProps {
  tasks: TaskRow[];
  labels: readonly Label[];
  onOpen: (task: TaskRow) => void;
}

export function TaskGrid({ tasks, labels, onOpen }: TaskListProps) {
  return (
    <ul className={classes.grid}>
      {tasks.map((task) => (
        <li key={task.id}>
          <UnstyledButton className={classes.tile} onClick={() => onOpen(task)}>
            <span className={classes.frame}>
              <Picture task={task} labels={labels} />
            </span>
            <span className={classes.caption}>
              <StateBadge state={task.state} />
              <span className={classes.name}>{task.labels.join(', ') || task.image?.name}</span>
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
