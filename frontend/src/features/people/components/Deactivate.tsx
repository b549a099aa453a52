import { Button, Group, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { notify, notifyError } from '@/lib/notify';
import { changeUser, type Leaving, leavingQuery, type User } from '../api/users';
import classes from './Users.module.css';

/** Says what follows when somebody is deactivated, before it is done; it can be taken back. */
export function Deactivate({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const leaving = useQuery(leavingQuery(user.id));
  const { email } = user;
  const deactivate = useMutation({
    mutationFn: () => changeUser(user.id, { is_active: false }),
    onError: notifyError,
    onSuccess: () => notify(t('leaving.done', { email })),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['users'] });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('leaving.title', { email })} centered>
      {leaving.isPending && <Loading height={20} count={4} />}
      {leaving.isError && <ErrorNotice error={leaving.error} />}
      {leaving.isSuccess && <Follows leaving={leaving.data} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('action.cancel', { ns: 'shell' })}
        </Button>
        <Button
          color="red.9"
          disabled={!leaving.isSuccess}
          loading={deactivate.isPending}
          onClick={() => deactivate.mutate()}
        >
          {t('leaving.do')}
        </Button>
      </Group>
    </Modal>
  );
}

function Follows({ leaving }: { leaving: Leaving }) {
  const { t } = useTranslation('people');
  const counted = (['tasks', 'reviews', 'sessions', 'tokens'] as const).filter(
    (what) => leaving[what] > 0,
  );
  return (
    <ul className={classes.effects}>
      <li>{t('leaving.out')}</li>
      {counted.map((what) => (
        <li key={what}>{t(`leaving.${what}`, { count: leaving[what] })}</li>
      ))}
      <li>{t('leaving.stays')}</li>
    </ul>
  );
}
