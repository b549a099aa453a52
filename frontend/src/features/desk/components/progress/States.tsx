import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateDot } from '@/components/StateBadge';
import { may, useDataset } from '@/lib/datasets';
import { formatCount } from '@/lib/format';
import type { TeamProgress } from '../../api/teamProgress';
import { dateName } from './days';
import classes from './progress.module.css';

const STATES = ['open', 'answered', 'conflicted', 'final'] as const;

/** How many tasks stand where, each the way to them, and when it will be done. */
export function States({ progress }: { progress: TeamProgress }) {
  const { t, i18n } = useTranslation('desk');
  const dataset = useDataset();
  const seesAll = may(dataset, 'see_answers');
  return (
    <>
      <ul className={classes.states}>
        {STATES.map((state) => (
          <li key={state}>
            <b>{formatCount(progress.tasks[state], i18n.language)}</b>
            <span>
              <StateDot state={state} />
              {seesAll || state === 'final' ? (
                <Link
                  to="/datasets/$slug/data"
                  params={{ slug: dataset.slug }}
                  search={{ state }}
                  aria-label={t('progress.statesLink', {
                    count: progress.tasks[state],
                    state: t(`state.${state}`, { ns: 'shell' }),
                  })}
                >
                  {t(`state.${state}`, { ns: 'shell' })}
                </Link>
              ) : (
                t(`state.${state}`, { ns: 'shell' })
              )}
            </span>
          </li>
        ))}
      </ul>
      {seesAll && <TimeLeft progress={progress} />}
    </>
  );
}

function TimeLeft({ progress }: { progress: TeamProgress }) {
  const { t, i18n } = useTranslation('desk');
  const { left, tasks } = progress;
  if (tasks.open === 0) return <p className={classes.left}>{t('progress.left.none')}</p>;
  if (left === null) return <p className={classes.left}>{t('progress.left.unknown')}</p>;
  const name = (day: string) => dateName(day, i18n.language, { year: true });
  return (
    <p className={classes.left}>
      <b>{t('progress.left.until', { day: name(left.until) })}</b>{' '}
      {left.latest === null
        ? t('progress.left.open', { soonest: name(left.soonest) })
        : left.latest !== left.soonest &&
          t('progress.left.range', { soonest: name(left.soonest), latest: name(left.latest) })}
      <small>
        {t('progress.left.why', {
          count: left.active,
          rate: formatCount(Math.round(left.per_day * 10) / 10, i18n.language),
        })}
      </small>
    </p>
  );
}
