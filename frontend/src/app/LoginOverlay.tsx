import { Modal } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { publicConfigQuery } from '@/features/people/api/publicConfig';
import { LoginForm } from '@/features/people/components/LoginForm';
import { SignOnElsewhere } from '@/features/people/components/SignOn';
import { meQuery } from '@/lib/me';
import { Themed } from './Themed';

/** Over the page whose session ended: the page stays, with all that is not sent yet. */
export default function LoginOverlay() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const provider = useQuery(publicConfigQuery).data?.single_sign_on ?? null;
  const before = client.getQueryData(meQuery.queryKey);

  async function goOn() {
    const now = await client.fetchQuery({ ...meQuery, staleTime: 0 });
    // Somebody else's page must not be shown, nor its unsent work be sent, under a new name.
    if (before !== undefined && now.id !== before.id) location.assign('/');
    else await client.invalidateQueries();
  }

  return (
    <Themed>
      <Modal
        opened
        onClose={() => undefined}
        withCloseButton={false}
        closeOnEscape={false}
        closeOnClickOutside={false}
        centered
        title={t('session.expiredTitle')}
      >
        <p>{t('session.expiredText')}</p>
        <LoginForm email={before?.email ?? ''} onDone={goOn} />
        {provider !== null && <SignOnElsewhere name={provider} onBack={goOn} />}
      </Modal>
    </Themed>
  );
}
