import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { acceptInvitation, invitationQuery } from './api/invitation';
import { logIn } from './api/logIn';
import { FormCard } from './components/FormCard';
import { NewAccountForm } from './components/NewAccountForm';

export function InvitationPage() {
  const { t } = useTranslation('people');
  const navigate = useNavigate();
  const { token = '' } = useParams({ strict: false });
  const invitation = useQuery(invitationQuery(token));
  const accept = useMutation({
    mutationFn: async (given: { name: string; password: string }) => {
      await acceptInvitation(token, given);
      await logIn({ email: invitation.data?.email ?? '', password: given.password });
    },
    onSuccess: () => navigate({ to: '/' }),
  });
  if (invitation.isPending) return <Loading count={1} height={280} />;
  if (invitation.isError) {
    return (
      <FormCard title={t('invitation.deadTitle')}>
        <p>{t('invitation.deadText')}</p>
        <ErrorNotice error={invitation.error} onRetry={() => void invitation.refetch()} />
      </FormCard>
    );
  }
  const { email, datasets } = invitation.data;
  return (
    <FormCard title={t('invitation.title')}>
      <p>
        {datasets.length > 0
          ? t('invitation.datasets', { datasets: datasets.join(', '), email })
          : t('invitation.text', { email })}
      </p>
      <NewAccountForm
        submit={t('invitation.submit')}
        pending={accept.isPending}
        error={accept.error}
        onSubmit={accept.mutate}
      />
    </FormCard>
  );
}
