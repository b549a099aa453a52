import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DatasetCards } from '@/components/DatasetCard';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Icon } from '@/components/Icon';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { homeQuery } from '@/lib/home';
import { useMe } from '@/lib/me';
import { DatasetMenu } from './components/DatasetMenu';
import { DeletedList } from './ending/DeletedList';

export function DatasetsPage() {
  const { t } = useTranslation('datasets');
  const home = useQuery(homeQuery);
  const rows = home.data?.datasets ?? [];
  return (
    <Page title={t('list.title')} intro={t('list.intro')} action={rows.length > 0 && <NewButton />}>
      {home.isPending && <Loading height={220} count={2} />}
      {home.isError && <ErrorNotice error={home.error} onRetry={() => void home.refetch()} />}
      {home.isSuccess && rows.length === 0 && <NoDatasets />}
      <DatasetCards datasets={rows} acts={(dataset) => <DatasetMenu dataset={dataset} />} />
      <DeletedList />
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
