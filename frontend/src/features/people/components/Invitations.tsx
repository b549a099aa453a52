import { Button, Group, Modal } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Section } from '@/components/Page';
import { SecretLink } from '@/components/SecretLink';
import tables from '@/components/Table.module.css';
import { ago } from '@/lib/format';
import { notify, notifyError } from '@/lib/notify';
import { rowsOf } from '@/lib/paging';
import {
  type Invitation,
  invitationsQuery,
  sendAgain,
  withdrawInvitation,
} from '../api/invitations';

/** Who was invited and has not come yet. */
export function Invitations() {
  const { t } = useTranslation('people');
  const invitations = useInfiniteQuery(invitationsQuery);
  const rows = rowsOf(invitations.data);
  return (
    <Section title={t('invitations.title')} hint={t('invitations.hint')}>
      {invitations.isPending && <Loading height={44} />}
      {invitations.isError && (
        <ErrorNotice error={invitations.error} onRetry={() => void invitations.refetch()} />
      )}
      {invitations.isSuccess && rows.length === 0 && <p>{t('invitations.none')}</p>}
      {rows.length > 0 && (
        <div className={tables.scroll}>
          <table className={tables.table} data-stack>
            <thead>
              <tr>
                <th>{t('users.email')}</th>
                <th>{t('invitations.by')}</th>
                <th>{t('invitations.sent')}</th>
                <th>{t('invitations.expires')}</th>
                <th>
                  <span className="unseen">{t('invitations.acts')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((invitation) => (
                <InvitationRow key={invitation.id} invitation={invitation} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {invitations.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => void invitations.fetchNextPage()}>
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
    </Section>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t, i18n } = useTranslation('people');
  const { id, email } = invitation;
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const renew = useAct(() => sendAgain(id));
  const withdraw = useAct(async () => {
    const nothing = await withdrawInvitation(id);
    await notify(t('invitations.withdrawn', { email }));
    return nothing;
  });
  return (
    <tr>
      <td data-wide>{email}</td>
      <td data-label={t('invitations.by')}>{invitation.invited_by}</td>
      <td data-label={t('invitations.sent')}>{ago(invitation.created_at, i18n.language)}</td>
      <td data-label={t('invitations.expires')}>{day.format(new Date(invitation.expires_at))}</td>
      <td data-wide>
        <Group gap="xs" justify="flex-end">
          <Button
            size="xs"
            variant="default"
            aria-label={t('invitations.againTo', { email })}
            loading={renew.isPending}
            onClick={() => renew.mutate()}
          >
            {t('invitations.again')}
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-label={t('invitations.withdrawOf', { email })}
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate()}
          >
            {t('invitations.withdraw')}
          </Button>
        </Group>
        <Modal
          opened={renew.data?.invite_url !== undefined}
          onClose={renew.end}
          title={t('invitations.again')}
          centered
        >
          <SecretLink
            text={t('invitations.renewed', { email })}
            secret={renew.data?.invite_url ?? ''}
            onDone={renew.end}
          />
        </Modal>
      </td>
    </tr>
  );
}

/** `end` brings the list up to date: not before its link was read, which goes with its row. */
function useAct<Reply extends { invite_url?: string } | null>(act: () => Promise<Reply>) {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: act,
    onError: notifyError,
    onSuccess: (reply) => (reply?.invite_url === undefined ? end() : undefined),
  });
  function end() {
    mutation.reset();
    return client.invalidateQueries({ queryKey: invitationsQuery.queryKey });
  }
  return { ...mutation, end: () => void end() };
}
