import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { may, useDataset } from '@/lib/datasets';
import type { TeamMember } from '../../api/teamProgress';
import classes from './progress.module.css';

type Why = NonNullable<TeamMember['no_work']>['why'];

/** What helps, and where that is done; nothing to do where time does it. */
const HELP = {
  done: [
    ['/datasets/$slug/import', 'progress.do.import'],
    ['/datasets/$slug/settings', 'progress.do.overlap'],
  ],
  routed: [['/datasets/$slug/settings', 'progress.do.routing']],
  withheld: [['/datasets/$slug', 'progress.do.skipped']],
  archived: [['/datasets/$slug/settings', 'progress.do.archived']],
  importing: [['/datasets/$slug/import', 'progress.do.watch']],
  lent: [],
} as const satisfies Record<Why, readonly (readonly [string, string])[]>;

/** Whether somebody works, leaves work lying, or has none: then why, and what to do about it. */
export function Standing({ row }: { row: TeamMember }) {
  const { t, i18n } = useTranslation('desk');
  const dataset = useDataset();
  if (row.role === null) return <span className={classes.dim}>{t('progress.left_team')}</span>;
  if (row.idle_days !== null) {
    return <span className={classes.warn}>{t('progress.idle', { count: row.idle_days })}</span>;
  }
  if (row.no_work === null) {
    return (
      <span className={classes.dim}>{t(row.seen_at ? 'progress.working' : 'progress.waits')}</span>
    );
  }
  const { why, until } = row.no_work;
  const clock = { dateStyle: 'short', timeStyle: 'short' } as const;
  return (
    <span className={classes.standing}>
      <b>{t(`progress.why.${why}`)}</b>
      {until && (
        <small>
          {t('progress.back', {
            when: new Intl.DateTimeFormat(i18n.language, clock).format(new Date(until)),
          })}
        </small>
      )}
      {may(dataset, 'manage') &&
        HELP[why].map(([to, text]) => (
          <Link key={text} to={to} params={{ slug: dataset.slug }}>
            {t(text)}
          </Link>
        ))}
    </span>
  );
}
