import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notifyError } from '@/lib/notify';
import { resetSecondFactor } from '../api/secondFactor';
import type { User } from '../api/users';

/** Takes the second factor from somebody who lost it, once that is confirmed. */
export function ResetSecondFactor({ user }: { user: User }) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const [asked, dialog] = useDisclosure();
  const reset = useMutation({
    mutationFn: () => resetSecondFactor(user.id),
    onError: notifyError,
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['users'] });
      dialog.close();
    },
  });
  const { email } = user;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        aria-label={t('users.resetFactorOf', { email })}
        onClick={dialog.open}
      >
        {t('users.resetFactor')}
      </Button>
      <Modal opened={asked} onClose={dialog.close} title={t('users.resetFactorTitle')} centered>
        <p>{t('users.resetFactorAsked', { email })}</p>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={dialog.close}>
            {t('action.cancel', { ns: 'shell' })}
          </Button>
          <Button color="red.9" loading={reset.isPending} onClick={() => reset.mutate()}>
            {t('users.resetFactor')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
