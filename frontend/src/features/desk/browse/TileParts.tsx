import { StateDot } from '@/components/StateBadge';
import { Picture } from '../components/Picture';
import { Marks } from './Marks';
import type { RowProps } from './Row';
import classes from './Row.module.css';
import { useTaskWords } from './useTaskWords';

/** A tile: the image with its shapes, its state, and what it is called. */
export function TileParts({ task, labels, said }: RowProps) {
  const words = useTaskWords();
  return (
    <>
      <span className={classes.frame} data-said={said !== undefined}>
        <Picture task={task} labels={labels} />
        {said !== undefined && <b className={classes.said}>{said}</b>}
      </span>
      <span className={classes.caption}>
        <StateDot state={task.state} />
        <span className="unseen">{words.state(task)}</span>
        {task.labels.length > 0 && <span className="unseen">{words.name(task)}</span>}
        <span className={classes.name}>{task.labels.join(', ') || words.name(task)}</span>
        <Marks task={task} />
      </span>
    </>
  );
}
