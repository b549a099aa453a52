import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { useDataset } from '@/lib/datasets';
import { type Pool, poolQuery } from './api/compositions';
import { ComposeForm } from './components/ComposeForm';
import { KnownImages } from './components/KnownImages';
import { KnownReport } from './components/KnownReport';
import { Runs } from './components/Runs';

/** Where images are put into groups to pick among, and people are measured by known ones. */
export function GroupsPage() {
  const { t } = useTranslation('composing');
  const { slug } = useDataset();
  const pool = useQuery(poolQuery(slug));
  return (
    <Page sub title={t('title')} intro={t('intro')}>
      {pool.isPending && <Loading count={2} height={96} />}
      {pool.isError && <ErrorNotice error={pool.error} onRetry={() => void pool.refetch()} />}
      {pool.data && <Body slug={slug} pool={pool.data} />}
    </Page>
  );
}

function Body({ slug, pool }: { slug: string; pool: Pool }) {
  if (pool.images + pool.known_yes + pool.known_no === 0) return <NoImages slug={slug} />;
  return (
    <>
      <ComposeForm slug={slug} pool={pool} />
      <Runs slug={slug} />
      <KnownReport slug={slug} />
      <KnownImages slug={slug} pool={pool} />
    </>
  );
}

function NoImages({ slug }: { slug: string }) {
  const { t } = useTranslation('composing');
  const navigate = useNavigate();
  return (
    <EmptyState icon="image" title={t('empty.title')} text={t('empty.text')}>
      <Button onClick={() => void navigate({ to: '/datasets/$slug/import', params: { slug } })}>
        {t('empty.import')}
      </Button>
    </EmptyState>
  );
}
