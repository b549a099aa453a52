import { Button, Group, Modal, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Icon } from '@/components/Icon';
import { Section } from '@/components/Page';
import { SecretLink } from '@/components/SecretLink';
import tables from '@/components/Table.module.css';
import { ago } from '@/lib/format';
import { notifyError } from '@/lib/notify';
import { type ApiToken, createToken, deleteToken, tokensQuery } from '../api/tokens';

/** Keys for scripts that act as this person. */
export function Tokens() {
  const { t } = useTranslation('people');
  const tokens = useQuery(tokensQuery);
  const [adding, dialog] = useDisclosure();
  return (
    <Section
      title={t('tokens.title')}
      hint={t('tokens.hint')}
      action={
        <Button variant="default" leftSection={<Icon name="plus" />} onClick={dialog.open}>
          {t('tokens.add')}
        </Button>
      }
    >
      {tokens.isError && <ErrorNotice error={tokens.error} />}
      {tokens.data !== undefined && tokens.data.length > 0 && (
        <div className={tables.scroll}>
          <table className={tables.table}>
            <tbody>
              {tokens.data.map((token) => (
                <TokenRow key={token.id} token={token} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Modal opened={adding} onClose={dialog.close} title={t('tokens.add')} centered>
        <NewTokenForm onDone={dialog.close} />
      </Modal>
    </Section>
  );
}

function TokenRow({ token }: { token: ApiToken }) {
  const { t, i18n } = useTranslation('people');
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteToken(token.id),
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
  return (
    <tr>
      <td>{token.name}</td>
      <td>{t(`tokens.${token.scope}`)}</td>
      <td>
        {token.last_used_at === null
          ? t('tokens.unused')
          : t('tokens.used', { ago: ago(token.last_used_at, i18n.language) })}
      </td>
      <td data-number>
        <Button
          size="xs"
          variant="default"
          loading={remove.isPending}
          onClick={() => remove.mutate()}
        >
          {t('tokens.revoke')}
        </Button>
      </td>
    </tr>
  );
}

function NewTokenForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<ApiToken['scope']>('write');
  const create = useMutation({
    mutationFn: () => createToken({ name, scope }),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate();
  }

  if (create.data) {
    return <SecretLink text={t('tokens.once')} secret={create.data.token} onDone={onDone} />;
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('tokens.name')}
          placeholder={t('tokens.namePlaceholder')}
          required
          withAsterisk={false}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t('tokens.scope')}
          value={scope}
          onChange={setScope}
          data={[
            { value: 'read', label: t('tokens.read') },
            { value: 'write', label: t('tokens.write') },
          ]}
        />
        {create.error && <ErrorNotice error={create.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t('tokens.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
