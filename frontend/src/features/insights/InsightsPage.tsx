import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { useSlug } from '@/lib/slug';
import { type Insights, insightsQuery } from './api/insights';
import { Agreement } from './components/Agreement';
import { Confusions } from './components/Confusions';
import { Disputed } from './components/Disputed';
import { Measured } from './components/Measured';
import { Need } from './components/Need';
import { People } from './components/People';
import { Reviewers } from './components/Reviewers';
import { TargetError } from './components/TargetError';
import { Throughput } from './components/Throughput';

/** What a lead looks at: what needs a decision first, then what people confuse, then the people. */
export function InsightsPage() {
  const { t } = useTranslation('insights');
  const slug = useSlug();
  const insights = useQuery({ ...insightsQuery(slug), refetchInterval: 30_000 });
  return (
    <Page
      sub
      title={t('title')}
      action={
        <Link to="/datasets/$slug/mine" params={{ slug }}>
          {t('own.title')}
        </Link>
      }
    >
      {insights.isPending && <Loading count={3} height={132} />}
      {insights.isError && !insights.data && (
        <ErrorNotice error={insights.error} onRetry={() => void insights.refetch()} />
      )}
      {insights.data && <Body slug={slug} insights={insights.data} />}
    </Page>
  );
}

function Body({ slug, insights }: { slug: string; insights: Insights }) {
  const { t } = useTranslation('insights');
  const { measured, throughput, tasks } = insights;
  if (throughput.people.length === 0 && tasks.total === tasks.open) {
    return (
      <EmptyState icon="eye" title={t('empty.title')} text={t('empty.text')}>
        <Link to="/datasets/$slug" params={{ slug }}>
          {t('empty.overview')}
        </Link>
      </EmptyState>
    );
  }
  return (
    <>
      <Need slug={slug} insights={insights} />
      <TargetError slug={slug} insights={insights} />
      <Measured measured={measured} />
      {measured && <Agreement slug={slug} measuredAt={measured.measured_at} />}
      {measured?.reviewers && <Reviewers slug={slug} found={measured.reviewers} />}
      {measured && <Confusions slug={slug} measured={measured} />}
      {measured && <People slug={slug} measuredAt={measured.measured_at} />}
      <Disputed slug={slug} />
      <Throughput slug={slug} throughput={throughput} />
    </>
  );
}
