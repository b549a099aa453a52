import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Section } from '@/components/Page';
import { formatCount, formatDuration } from '@/lib/format';
import { type Trust, trustQuery } from '@/lib/trust';
import type { Insights } from '../api/insights';
import { exact, knownPace, percent } from '../numbers';
import classes from './TargetError.module.css';

type Promised = Trust['targets'][number];

/** The usual place to begin: 2 % of errors. */
const USUAL = 0.02;

/** How much a reviewer has to see for each share of errors that one is ready to live with. */
export function TargetError({ slug, insights }: { slug: string; insights: Insights }) {
  const { t } = useTranslation('insights');
  const query = trustQuery(slug);
  // It is learnt just before the rest is measured.
  const measuredAt = insights.measured?.measured_at ?? '';
  const trust = useQuery({ ...query, queryKey: [...query.queryKey, measuredAt] });
  return (
    <Section title={t('target.title')} hint={t('target.hint')}>
      {trust.isError && <ErrorNotice error={trust.error} onRetry={() => void trust.refetch()} />}
      {trust.data && <Curve slug={slug} trust={trust.data} insights={insights} />}
    </Section>
  );
}

function Curve(props: { slug: string; trust: Trust; insights: Insights }) {
  const { t } = useTranslation('insights');
  const { slug, trust, insights } = props;
  const { targets } = trust;
  const usual = targets.findIndex(({ target }) => target >= USUAL);
  const [place, setPlace] = useState<number | null>(null);
  const shown = Math.min(place ?? Math.max(usual, 0), targets.length - 1);
  const chosen = targets[shown];
  if (chosen === undefined) return <p>{t('target.none', { count: trust.reviewed })}</p>;
  return (
    <div className={classes.target}>
      <figure className={classes.plot}>
        <ol aria-hidden>
          {targets.map((each, n) => (
            <li key={each.target} data-chosen={n === shown || undefined}>
              <button type="button" tabIndex={-1} onClick={() => setPlace(n)}>
                <span
                  data-all={each.passing === null || undefined}
                  style={{ height: percent(seen(each)) }}
                />
              </button>
              <small>{exact(each.target)}</small>
            </li>
          ))}
        </ol>
        <input
          type="range"
          min={0}
          max={targets.length - 1}
          value={shown}
          aria-label={t('target.choose')}
          aria-valuetext={exact(chosen.target)}
          onChange={(event) => setPlace(Number(event.target.value))}
        />
      </figure>
      <div>
        <Told promised={chosen} insights={insights} />
        <small>
          {t('target.from', { count: trust.reviewed })}{' '}
          <Link to="/datasets/$slug/settings" params={{ slug }}>
            {t('target.settings')}
          </Link>
        </small>
      </div>
    </div>
  );
}

/** The share of tasks that a reviewer sees; all of them while nothing is promised. */
function seen({ passing }: Promised): number {
  return passing === null ? 1 : 1 - passing;
}

function Told({ promised, insights }: { promised: Promised; insights: Insights }) {
  const { t, i18n } = useTranslation('insights');
  const target = exact(promised.target);
  if (promised.passing === null) {
    return (
      <p aria-live="polite">
        {promised.more === null
          ? t('target.never', { target })
          : t('target.more', { target, count: promised.more })}
      </p>
    );
  }
  const tasks = Math.round(seen(promised) * insights.tasks.total);
  const pace = knownPace(insights.measured?.review_seconds);
  return (
    <p aria-live="polite">
      {t('target.review', { target, share: percent(seen(promised)) })}{' '}
      <span>
        {pace === null
          ? t('target.tasks', { tasks: formatCount(tasks, i18n.language) })
          : t('target.hours', {
              tasks: formatCount(tasks, i18n.language),
              time: formatDuration(pace * tasks, i18n.language),
            })}
      </span>
    </p>
  );
}
