import { ActionIcon, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Confirm } from '@/components/Confirm';
import { Icon } from '@/components/Icon';
import tables from '@/components/Table.module.css';
import { When } from '@/components/When';
import { notifyError } from '@/lib/notify';
import { useSlug } from '@/lib/slug';
import { deleteSnapshot, isUnderway, type Snapshot } from '../../api/snapshots';

export function SnapshotTable({ snapshots }: { snapshots: Snapshot[] }) {
  const { t } = useTranslation('snapshots');
  return (
    <div className={tables.scroll}>
      <table className={tables.table} data-stack>
        <thead>
          <tr>
            <th scope="col">{t('column.name')}</th>
            <th scope="col">{t('column.made')}</th>
            <th scope="col">{t('column.finals')}</th>
            <th scope="col">{t('column.hash')}</th>
            <th scope="col">
              <span className="unseen">{t('column.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {snapshots.map((made) => (
            <tr key={made.id}>
              <td data-wide>{made.name}</td>
              <td>
                <When at={made.created_at} />
              </td>
              <td data-label={t('column.finals')}>
                <Outcome made={made} />
              </td>
              <td data-label={t('column.hash')}>
                <code title={made.content_sha256}>{made.content_sha256.slice(0, 12)}</code>
              </td>
              <td data-number>
                <Group gap="sm" justify="flex-end" wrap="nowrap">
                  {made.state === 'done' && <ToExport made={made} />}
                  {!isUnderway(made) && <Remove made={made} />}
                </Group>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Outcome({ made }: { made: Snapshot }) {
  const { t } = useTranslation('snapshots');
  if (made.state === 'done') return made.finals;
  if (made.state === 'failed') return <span role="alert">{made.error || t('failed')}</span>;
  return (
    <span role="status">
      <progress value={made.done} max={Math.max(made.total, 1)} aria-label={t('underway')} />
    </span>
  );
}

function ToExport({ made }: { made: Snapshot }) {
  const { t } = useTranslation('snapshots');
  return (
    <Link
      to="/datasets/$slug/export"
      params={{ slug: useSlug() }}
      search={{ snapshot: made.id }}
      aria-label={t('export.open', { name: made.name })}
    >
      {t('export.go')}
    </Link>
  );
}

function Remove({ made }: { made: Snapshot }) {
  const { t } = useTranslation('snapshots');
  const [open, dialog] = useDisclosure();
  const client = useQueryClient();
  const slug = useSlug();
  const remove = useMutation({
    mutationFn: () => deleteSnapshot(made.id),
    onError: notifyError,
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['dataset', slug, 'snapshots'] });
      dialog.close();
    },
  });
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('delete.open', { name: made.name })}
        onClick={dialog.open}
      >
        <Icon name="trash" size={16} />
      </ActionIcon>
      <Confirm
        opened={open}
        title={t('delete.title')}
        text={t('delete.text', { name: made.name })}
        go={t('delete.go')}
        running={remove.isPending}
        onGo={() => remove.mutate()}
        onClose={dialog.close}
      />
    </>
  );
}
