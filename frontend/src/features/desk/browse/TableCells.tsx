import { useTranslation } from 'react-i18next';
import { StateBadge } from '@/components/StateBadge';
import { When } from '@/components/When';
import { formatScore } from '@/lib/format';
import { Picture } from '../components/Picture';
import { Marks } from './Marks';
import type { RowProps } from './Row';
import classes from './Row.module.css';
import { useTaskWords } from './useTaskWords';

/** What a row of the table says, in the order of its head. */
export function TableCells({ task, labels, said }: RowProps) {
  const { i18n } = useTranslation('browse');
  const words = useTaskWords();
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' });
  return (
    <>
      <span className={classes.thumb}>
        <Picture task={task} labels={labels} />
      </span>
      <span className={classes.name}>{words.name(task)}</span>
      <span>{said === undefined ? <StateBadge state={task.state} /> : <b>{said}</b>}</span>
      <span className={classes.name}>{task.labels.join(', ')}</span>
      <span data-number>{task.answers}</span>
      <span data-number>{task.confidence === null ? '–' : percent.format(task.confidence)}</span>
      <span data-number data-wide>
        {task.score === null ? '–' : formatScore(task.score)}
      </span>
      <span data-wide>
        <Marks task={task} />
      </span>
      <span data-number data-wide>
        {task.image && `${task.image.width} × ${task.image.height}`}
      </span>
      <span data-middle>
        <When at={task.updated_at} />
      </span>
    </>
  );
}
