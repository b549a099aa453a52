import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/Page';
import { useDataset } from '@/lib/datasets';
import { EventLog } from './components/EventLog';

/** Who did what in a dataset; for its managers. */
export function DatasetAuditPage() {
  const { t } = useTranslation('audit');
  const { slug } = useDataset();
  const search = useSearch({ from: '/member/shell/datasets/$slug/audit' });
  const navigate = useNavigate();
  return (
    <Page sub title={t('title')} intro={t('intro')}>
      <EventLog
        slug={slug}
        search={search}
        onSearch={(wanted) =>
          void navigate({ to: '/datasets/$slug/audit', params: { slug }, search: wanted })
        }
      />
    </Page>
  );
}
