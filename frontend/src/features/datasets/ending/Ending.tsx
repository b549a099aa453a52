import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import type { Dataset } from '@/lib/datasets';
import { meQuery } from '@/lib/me';
import { notify, notifyError } from '@/lib/notify';
import { changeDataset } from '../api/changeDataset';
import { deleteDataset } from '../api/ending';

/** Letting a dataset rest, and letting it go; what each means is said beside it. */
export function Ending({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('datasets');
  const client = useQueryClient();
  const archived = dataset.archived_at !== null;
  const archive = useMutation({
    mutationFn: () => changeDataset(dataset, { archived: !archived }),
    onError: notifyError,
    onSuccess: () => void notify(t(archived ? 'ending.opened' : 'ending.archived')),
    onSettled: () => client.invalidateQueries({ queryKey: ['dataset', dataset.slug] }),
  });
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" maw={420}>
          {t(archived ? 'ending.isArchived' : 'ending.archiveHint')}
        </Text>
        <Button variant="default" loading={archive.isPending} onClick={() => archive.mutate()}>
          {t(archived ? 'ending.open' : 'ending.archive')}
        </Button>
      </Group>
      <Group justify="space-between">
        <Text size="sm" maw={420}>
          {t('ending.deleteHint')}
        </Text>
        <DeleteButton dataset={dataset} />
      </Group>
    </Stack>
  );
}

function DeleteButton({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('datasets');
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const remove = useDelete(dataset);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('ending.delete')}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t('ending.deleteTitle', { name: dataset.name })}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() === dataset.name) remove.mutate();
          }}
        >
          <Stack>
            <p>{t('ending.deleteText')}</p>
            <TextInput
              label={t('ending.type', { name: dataset.name })}
              data-autofocus
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            {remove.error && <ErrorNotice error={remove.error} />}
            <Group justify="flex-end">
              <Button
                type="submit"
                color="red.9"
                loading={remove.isPending}
                disabled={typed.trim() !== dataset.name}
              >
                {t('ending.deleteSure')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}

function useDelete({ slug }: Dataset) {
  const { t } = useTranslation('datasets');
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => deleteDataset(slug),
    onSuccess: async () => {
      void notify(t('ending.deleted'));
      await navigate({ to: '/datasets' });
      client.removeQueries({ queryKey: ['dataset', slug] });
      await client.invalidateQueries({ queryKey: ['home'] });
      await client.invalidateQueries({ queryKey: ['deleted datasets'] });
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
}
