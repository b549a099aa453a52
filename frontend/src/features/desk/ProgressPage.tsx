import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { may, useDataset } from '@/lib/datasets';
import { type TeamProgress, teamProgressQuery } from './api/teamProgress';
import { AnswerDays } from './components/progress/AnswerDays';
import { BurnUp } from './components/progress/BurnUp';
import { States } from './components/progress/States';
import { Team } from './components/progress/Team';

/** How the work goes on: what is left and until when, day by day, and who does it. */
export function ProgressPage() {
  const { t } = useTranslation('desk');
  const { slug } = useDataset();
  const progress = useQuery({ ...teamProgressQuery(slug), refetchInterval: 60_000 });
  return (
    <Page sub title={t('progress.title')}>
      {progress.isPending && <Loading count={3} height={220} />}
      {progress.isError && !progress.data && (
        <ErrorNotice error={progress.error} onRetry={() => void progress.refetch()} />
      )}
      {progress.data && <Body progress={progress.data} />}
    </Page>
  );
}

function Body({ progress }: { progress: TeamProgress }) {
  const { t } = useTranslation('desk');
  const dataset = useDataset();
  const { slug } = dataset;
  if (progress.tasks.total === 0) {
    return (
      <EmptyState icon="image" title={t('progress.emptyTitle')} text={t('progress.emptyText')}>
        {may(dataset, 'import') && (
          <Link to="/datasets/$slug/import" params={{ slug }}>
            {t('progress.do.import')}
          </Link>
        )}
      </EmptyState>
    );
  }
  return (
    <>
      <States progress={progress} />
      <BurnUp progress={progress} />
      <AnswerDays progress={progress} />
      <Team progress={progress} />
    </>
  );
}
