import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { formatCount, formatDuration } from '@/lib/format';
import { ownProgressQuery } from '../../api/history';
import type { OwnProgress as Progress } from '../../api/history';
import { DayPlot } from './DayPlot';
import classes from './history.module.css';

const SAID = ['accept', 'reject', 'ignore'] as const;

/** How I get on: today, in total, at what pace, and what I say. */
export function OwnProgress({ slug }: { slug: string }) {
  const { t } = useTranslation('labelling');
  const progress = useQuery(ownProgressQuery(slug));
  return (
    <section className={classes.progress} aria-label={t('history.progress')}>
      {progress.isPending && <Loading count={3} height={40} />}
      {progress.error && !progress.data && (
        <ErrorNotice error={progress.error} onRetry={() => void progress.refetch()} />
      )}
      {progress.data && <Figures progress={progress.data} />}
    </section>
  );
}

function Figures({ progress }: { progress: Progress }) {
  const { t, i18n } = useTranslation('labelling');
  const { today, total, seconds, per_hour, answers } = progress;
  const spent = (time: number) => formatDuration(time, i18n.language);
  const count = (number: number) => formatCount(number, i18n.language);
  return (
    <>
      <dl className={classes.figures}>
        <Figure
          name={t('history.today')}
          value={count(today.answers)}
          time={spent(today.seconds)}
        />
        <Figure name={t('history.total')} value={count(total)} time={spent(seconds)} />
        <Figure
          name={t('history.perHour')}
          value={per_hour === null ? '–' : count(Math.round(per_hour))}
          time={t('history.active')}
        />
      </dl>
      {total > 0 && (
        <>
          <div className={classes.shares} aria-hidden>
            {SAID.map((verdict) => (
              <span key={verdict} data-verdict={verdict} style={{ flexGrow: answers[verdict] }} />
            ))}
          </div>
          <ul className={classes.legend}>
            {SAID.map((verdict) => (
              <li key={verdict} data-verdict={verdict}>
                <b>{count(answers[verdict])}</b> {t(`history.verdict.${verdict}`)}
              </li>
            ))}
          </ul>
        </>
      )}
      <DayPlot days={progress.days} timeZone={progress.time_zone} />
    </>
  );
}

function Figure({ name, value, time }: { name: string; value: string; time: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        <span>{time}</span>
      </dd>
    </div>
  );
}
