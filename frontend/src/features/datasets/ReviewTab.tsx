import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { progressQuery, useDataset } from '@/lib/datasets';

/** How much waits for a decision, and the way to decide. */
export function ReviewTab() {
  const { t } = useTranslation('datasets');
  const navigate = useNavigate();
  const { slug } = useDataset();
  const progress = useQuery({ ...progressQuery(slug), refetchInterval: 10_000 });
  const waiting = progress.data?.review.waiting ?? 0;
  return (
    <Page sub title={t('tab.review')} intro={t('reviewTab.intro')}>
      {progress.isPending && <Loading count={1} height={180} />}
      {progress.isError && (
        <ErrorNotice error={progress.error} onRetry={() => void progress.refetch()} />
      )}
      {progress.isSuccess && (
        <EmptyState
          icon={waiting > 0 ? 'alert' : 'check'}
          title={t('reviewTab.waiting', { count: waiting })}
          text={t(waiting > 0 ? 'reviewTab.text' : 'reviewTab.none')}
        >
          {waiting > 0 && (
            <>
              <Button onClick={() => void navigate({ to: '/review/$slug', params: { slug } })}>
                {t('reviewTab.start')}
              </Button>
              <Link to="/review/$slug/grid" params={{ slug }}>
                {t('reviewTab.many')}
              </Link>
              <Link to="/datasets/$slug/data" params={{ slug }} search={{ state: 'conflicted' }}>
                {t('reviewTab.browse')}
              </Link>
            </>
          )}
        </EmptyState>
      )}
    </Page>
  );
}
