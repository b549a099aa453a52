import { useTranslation } from 'react-i18next';
import { StateDot } from './StateBadge';
import classes from './ProgressParts.module.css';

type Tasks = Record<'answered' | 'conflicted' | 'final' | 'total', number>;

const PARTS = ['final', 'conflicted', 'answered'] as const;

/** How far a dataset is, in three parts of one bar; what is left is open. */
export function ProgressParts({ tasks, legend = false }: { tasks: Tasks; legend?: boolean }) {
  const { t } = useTranslation();
  const share = (part: number) => `${tasks.total === 0 ? 0 : (100 * part) / tasks.total}%`;
  return (
    <div>
      <div
        className={classes.bar}
        role="img"
        aria-label={tasks.total === 0 ? t('progress.none') : t('progress.label', { ...tasks })}
      >
        {PARTS.map((part) => (
          <span key={part} data-part={part} style={{ width: share(tasks[part]) }} />
        ))}
      </div>
      {legend && <Legend tasks={tasks} />}
    </div>
  );
}

function Legend({ tasks }: { tasks: Tasks }) {
  const { t } = useTranslation();
  const open = tasks.total - tasks.final - tasks.conflicted - tasks.answered;
  return (
    <ul className={classes.legend} aria-hidden>
      {PARTS.map((part) => (
        <li key={part}>
          <StateDot state={part} />
          <b>{tasks[part]}</b> {t(`state.${part}`)}
        </li>
      ))}
      <li>
        <StateDot state="open" />
        <b>{open}</b> {t('state.open')}
      </li>
    </ul>
  );
}
