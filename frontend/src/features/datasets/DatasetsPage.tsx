import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DatasetCards } from '@/components/DatasetCard';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Icon } from '@/components/Icon';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { datasetsQuery } from '@/lib/datasets';
import { useMe } from '@/lib/me';
import { rowsOf } from '@/lib/paging';

export function DatasetsPage() {
  const { t } = useTranslation('datasets');
  const datasets = useInfiniteQuery(datasetsQuery);
  const rows = rowsOf(datasets.data);
  return (
    <Page title={t('list.title')} intro={t('list.intro')} action={rows.length > 0 && <NewButton />}>
      {datasets.isPending && <Loading height={220} count={2} />}
      {datasets.isError && (
        <ErrorNotice error={datasets.error} onRetry={() => void datasets.refetch()} />
      )}
      {datasets.isSuccess && rows.length === 0 && <NoDatasets />}
      <DatasetCards datasets={rows} />
      {datasets.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void datasets.fetchNextPage()}>
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
    </Page>
  );
}

function NoDatasets() {
  const { t } = useTranslation('datasets');
  const { may_create_datasets } = useMe();
  return (
    <EmptyState
      icon="datasets"
      title={t('list.emptyTitle')}
      text={t(may_create_datasets ? 'list.emptyMaker' : 'list.emptyMember')}
    >
      <NewButton />
    </EmptyState>
  );
}

function NewButton() {
  const { t } = useTranslation('datasets');
  const navigate = useNavigate();
  const { may_create_datasets } = useMe();
  if (!may_create_datasets) return null;
  return (
    <Button
      leftSection={<Icon name="plus" />}
      onClick={() => void navigate({ to: '/datasets/new' })}
    >
      {t('list.new')}
    </Button>
  );
}
