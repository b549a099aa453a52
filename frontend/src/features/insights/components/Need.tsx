import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/Page';
import { ago, formatCount, formatDuration } from '@/lib/format';
import type { Wire } from '@/lib/wire';
import type { Insights } from '../api/insights';
import { FEW, knownPace, percent } from '../numbers';
import classes from './Facts.module.css';

/** What needs a decision: how much waits, since when, and how long it will take. */
export function Need({ slug, insights }: { slug: string; insights: Insights }) {
  const { t } = useTranslation('insights');
  const { review, saved } = insights;
  return (
    <Section title={t('need.title')} hint={t('need.hint')}>
      <ul className={classes.facts}>
        <Waiting slug={slug} insights={insights} />
        <Age review={review} />
        <Hours review={review} pace={insights.measured?.review_seconds} />
        {saved ? <Saved slug={slug} saved={saved} /> : <Answers slug={slug} insights={insights} />}
      </ul>
      {review.kinds.length > 0 && (
        <p className={classes.kinds}>
          <span>{t('need.about')}</span>
          {review.kinds.map(({ kind, tasks }) => (
            <Link
              key={kind}
              to="/datasets/$slug/data"
              params={{ slug }}
              search={{ state: 'conflicted', conflict: kind }}
            >
              {t(`kind.${kind}`)} <b>{tasks}</b>
            </Link>
          ))}
        </p>
      )}
    </Section>
  );
}

function Fact({ value, name, children }: { value: string; name: ReactNode; children?: ReactNode }) {
  return (
    <li>
      <b>{value}</b>
      <span>{name}</span>
      {children && <small>{children}</small>}
    </li>
  );
}

function Waiting({ slug, insights }: { slug: string; insights: Insights }) {
  const { t, i18n } = useTranslation('insights');
  const { waiting, needed } = insights.review;
  const state = insights.tasks.conflicted > 0 ? 'conflicted' : 'answered';
  return (
    <Fact
      value={formatCount(waiting, i18n.language)}
      name={
        waiting > 0 ? (
          <Link to="/datasets/$slug/data" params={{ slug }} search={{ state }}>
            {t('need.waiting', { count: waiting })}
          </Link>
        ) : (
          t('need.waiting', { count: waiting })
        )
      }
    >
      {needed.value !== null &&
        t('need.needed', { share: percent(needed.value), count: needed.of })}
    </Fact>
  );
}

function Age({ review }: { review: Insights['review'] }) {
  const { t, i18n } = useTranslation('insights');
  const { oldest_at: oldest, median_seconds: median } = review;
  return (
    <Fact value={oldest === null ? '–' : ago(oldest, i18n.language)} name={t('need.oldest')}>
      {median === null
        ? t('need.nothing')
        : t('need.median', { when: ago(before(median), i18n.language) })}
    </Fact>
  );
}

function before(seconds: number): string {
  return new Date(Date.now() - 1000 * seconds).toISOString();
}

function Hours({ review, pace }: { review: Insights['review']; pace: Wire<'Pace'> | undefined }) {
  const { t, i18n } = useTranslation('insights');
  const known = knownPace(pace);
  const spent = (seconds: number) => formatDuration(seconds, i18n.language);
  return (
    <Fact value={known === null ? '–' : spent(known * review.waiting)} name={t('need.hours')}>
      {known === null
        ? t('need.noPace', { count: FEW })
        : t('need.pace', { time: spent(known), count: pace?.n ?? 0 })}
    </Fact>
  );
}

function Saved({ slug, saved }: { slug: string; saved: NonNullable<Insights['saved']> }) {
  const { t, i18n } = useTranslation('insights');
  const name = t('need.saved', { count: saved.saved });
  return (
    <Fact
      value={formatCount(saved.saved, i18n.language)}
      name={
        <Link to="/datasets/$slug/data" params={{ slug }} search={{ answers: saved.base }}>
          {name}
        </Link>
      }
    >
      {t('need.savedOf', { given: saved.given, fixed: saved.fixed, most: saved.most })}
    </Fact>
  );
}

/** Tasks by how many answers they have. */
function Answers({ slug, insights }: { slug: string; insights: Insights }) {
  const { t, i18n } = useTranslation('insights');
  const { total, open } = insights.tasks;
  return (
    <Fact value={formatCount(total - open, i18n.language)} name={t('need.complete')}>
      {insights.answers.map(({ answers, tasks }) => (
        <Link key={answers} to="/datasets/$slug/data" params={{ slug }} search={{ answers }}>
          {t('need.with', { count: answers, tasks })}
        </Link>
      ))}
    </Fact>
  );
}
