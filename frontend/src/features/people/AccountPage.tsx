import { useTranslation } from 'react-i18next';
import { Page } from '@/components/Page';
import { useMe } from '@/lib/me';
import { NotificationWishes } from './components/NotificationWishes';
import { PasswordChange } from './components/PasswordChange';
import { SecondFactor } from './components/SecondFactor';
import { Sessions } from './components/Sessions';
import { Tokens } from './components/Tokens';

export function AccountPage() {
  const { t } = useTranslation('people');
  const me = useMe();
  return (
    <Page title={me.name || me.email} intro={t('account.intro', { email: me.email })} narrow>
      <PasswordChange />
      <SecondFactor />
      <Sessions />
      <NotificationWishes />
      <Tokens />
    </Page>
  );
}
