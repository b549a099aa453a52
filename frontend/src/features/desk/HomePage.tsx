import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { type Home, homeQuery } from '@/lib/home';
import { useMe } from '@/lib/me';
import { HomeDatasets } from './components/home/HomeDatasets';
import { Underway } from './components/home/Underway';
import { WeekPlot } from './components/home/WeekPlot';
import { Work } from './components/home/Work';

/** What waits for me, then everything that I belong to. */
export function HomePage() {
  const { t } = useTranslation('desk');
  const me = useMe();
  const home = useQuery({ ...homeQuery, refetchInterval: 30_000 });
  return (
    <Page title={t('home.title', { name: me.name || me.email })}>
      {home.isPending && <Loading height={120} count={3} />}
      {home.isError && <ErrorNotice error={home.error} onRetry={() => void home.refetch()} />}
      {home.data?.datasets.length === 0 && <Nothing />}
      {home.data && home.data.datasets.length > 0 && <Body home={home.data} />}
    </Page>
  );
}

function Body({ home }: { home: Home }) {
  const labels = home.continue.length > 0 || home.week.some((count) => count > 0);
  return (
    <>
      <Work home={home} />
      <Underway imports={home.imports} exports={home.exports} />
      {labels && <WeekPlot week={home.week} />}
      <HomeDatasets datasets={home.datasets} />
    </>
  );
}

function Nothing() {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  const { may_create_datasets } = useMe();
  return (
    <EmptyState
      icon="datasets"
      title={t('home.emptyTitle')}
      text={t(may_create_datasets ? 'home.emptyMaker' : 'home.emptyMember')}
    >
      {may_create_datasets && (
        <Button onClick={() => void navigate({ to: '/datasets/new' })}>{t('home.new')}</Button>
      )}
    </EmptyState>
  );
}
