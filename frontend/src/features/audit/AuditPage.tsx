import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/Page';
import { EventLog } from './components/EventLog';

/** The instance admin's page: who did what, anywhere. */
export function AuditPage() {
  const { t } = useTranslation('audit');
  const search = useSearch({ from: '/member/shell/system/audit' });
  const navigate = useNavigate();
  return (
    <Page title={t('title')} intro={t('intro')}>
      <EventLog
        search={search}
        onSearch={(wanted) => void navigate({ to: '/system/audit', search: wanted })}
      />
    </Page>
  );
}
