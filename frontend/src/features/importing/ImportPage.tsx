import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/Page';
import { useDataset } from '@/lib/datasets';
import { DiskUse } from './components/DiskUse';
import { LiveImport } from './components/LiveImport';
import { PastImports } from './components/PastImports';
import { StartImport } from './components/StartImport';

/** Where images come in; `?run=` shows one import at work. */
export function ImportPage() {
  const { t } = useTranslation('importing');
  const dataset = useDataset();
  const { run } = useSearch({ strict: false });
  if (run !== undefined) return <LiveImport key={run} id={run} slug={dataset.slug} />;
  return (
    <Page sub title={t('start.title')} intro={t('start.intro')}>
      <StartImport dataset={dataset} />
      <PastImports slug={dataset.slug} />
      <DiskUse slug={dataset.slug} />
    </Page>
  );
}
