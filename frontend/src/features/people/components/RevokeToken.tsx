import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notifyError } from '@/lib/notify';
import { type ApiToken, deleteToken, tokensQuery } from '../api/tokens';

/** Closes the door that a token opens, once that is confirmed: nothing opens it again. */
export function RevokeToken({ token }: { token: ApiToken }) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const [asked, dialog] = useDisclosure();
  const revoke = useMutation({
    mutationFn: () => deleteToken(token.id),
    onError: notifyError,
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: tokensQuery.queryKey });
      dialog.close();
    },
  });
  return (
    <>
      <Button size="xs" variant="default" onClick={dialog.open}>
        {t('tokens.revoke')}
      </Button>
      <Modal opened={asked} onClose={dialog.close} title={t('tokens.revokeTitle')} centered>
        <p>{t('tokens.revokeAsked', { name: token.name })}</p>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={dialog.close}>
            {t('tokens.keep')}
          </Button>
          <Button color="red.9" loading={revoke.isPending} onClick={() => revoke.mutate()}>
            {t('tokens.revoke')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
