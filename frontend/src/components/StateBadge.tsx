import { useTranslation } from 'react-i18next';
import type { Wire } from '@/lib/wire';
import classes from './StateBadge.module.css';

export type TaskState = Wire<'TaskState'>;

/** A task's state as a shape and a word; the colour only repeats them. */
export function StateBadge({ state }: { state: TaskState }) {
  const { t } = useTranslation();
  return (
    <span className={classes.badge} data-state={state}>
      <StateDot state={state} />
      {t(`state.${state}`)}
    </span>
  );
}

export function StateDot({ state }: { state: TaskState }) {
  return <span className={classes.dot} data-state={state} aria-hidden />;
}
