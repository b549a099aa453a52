import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { useDataset } from '@/lib/datasets';
import { notifyError } from '@/lib/notify';
import { type Import, undoImport, undoQuery } from '../api/imports';
import { KeptList } from './KeptList';

/** Takes out again what an import brought, once it is said what goes and what stays. */
export function Undo({ found }: { found: Import }) {
  const { t } = useTranslation('importing');
  const [open, dialog] = useDisclosure();
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        {t('undo.open')}
      </Button>
      <Modal opened={open} onClose={dialog.close} title={t('undo.title')} centered>
        <Question found={found} onClose={dialog.close} />
      </Modal>
    </>
  );
}

function Question({ found, onClose }: { found: Import; onClose: () => void }) {
  const { t } = useTranslation('importing');
  const client = useQueryClient();
  const groups = useDataset().interface === 'image_choice';
  // Asked anew each time: people go on working meanwhile.
  const asked = useQuery({ ...undoQuery(found.id, found.counts.done), staleTime: 0 });
  const undo = useMutation({
    mutationFn: () => undoImport(found.id),
    onError: notifyError,
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['import', found.id] });
      onClose();
    },
  });
  if (asked.isError) return <ErrorNotice error={asked.error} />;
  if (!asked.data?.forecast) return <Loading count={1} height={80} />;
  const { gone, kept } = asked.data.forecast;
  return (
    <>
      <p>{t(groups ? 'undo.groups' : 'undo.gone', { count: gone })}</p>
      <KeptList kept={kept} />
      {gone > 0 && <p>{t('undo.again')}</p>}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('undo.keep')}
        </Button>
        <Button
          color="red.9"
          disabled={gone === 0 || asked.isFetching}
          loading={undo.isPending}
          onClick={() => undo.mutate()}
        >
          {t('undo.go', { count: gone })}
        </Button>
      </Group>
    </>
  );
}
