import { useTranslation } from 'react-i18next';
import { Page } from '@/components/Page';
import { Connections } from './components/Connections';
import { Invitations } from './components/Invitations';
import { Users } from './components/Users';

/** The instance admin's page: who has an account, and which storages imports may read. */
export function PeoplePage() {
  const { t } = useTranslation('people');
  return (
    <Page title={t('people.title')} intro={t('people.intro')}>
      <Users />
      <Invitations />
      <Connections />
    </Page>
  );
}
