import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Page, Section } from '@/components/Page';
import { When } from '@/components/When';
import { may, useDataset } from '@/lib/datasets';
import { modelsQuery } from './api/models';
import { HowToSend } from './components/HowToSend';
import { Servers } from './components/Servers';
import { Trends } from './components/Trends';
import { VersionTable } from './components/VersionTable';

/** What models are worth: each version held to what people agreed on. */
export function ModelsPage() {
  const { t } = useTranslation('models');
  const dataset = useDataset();
  const found = useQuery({ ...modelsQuery(dataset.slug), refetchInterval: 10_000 });
  const versions = found.data?.models ?? [];
  return (
    <Page sub title={t('title')}>
      {found.isPending && <Loading count={2} height={132} />}
      {found.isError && !found.data && (
        <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.data && versions.length === 0 && (
        <HowToSend dataset={dataset} soon={found.data.stale} />
      )}
      {versions.length > 0 && (
        <Section
          title={t('versions.title')}
          hint={t(dataset.interface === 'image_manual' ? 'versions.drawn' : 'versions.hint')}
        >
          <VersionTable versions={versions} />
          <Trends versions={versions} />
        </Section>
      )}
      {found.data?.measured_at && (
        <p>
          {t('measured')} <When at={found.data.measured_at} />
          {found.data.stale && `. ${t('stale')}`}
        </p>
      )}
      {may(dataset, 'import') && dataset.interface !== 'image_choice' && (
        <Servers slug={dataset.slug} />
      )}
    </Page>
  );
}
