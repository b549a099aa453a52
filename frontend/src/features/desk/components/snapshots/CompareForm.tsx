import { Button, Group, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { compare, type Snapshot } from '../../api/snapshots';

const NOW = 'now';

/** Chooses two moments: snapshots, newest first, and how the dataset is now. */
export function CompareForm({ slug, snapshots }: { slug: string; snapshots: Snapshot[] }) {
  const { t } = useTranslation('snapshots');
  const navigate = useNavigate();
  const [before, setBefore] = useState(snapshots[0]?.id ?? '');
  const [after, setAfter] = useState(NOW);
  const found = useMutation({
    mutationFn: () => compare(slug, before, after === NOW ? null : after),
    onSuccess: ({ id }) =>
      navigate({ to: '/datasets/$slug/snapshots', params: { slug }, search: { diff: id } }),
  });
  const data = snapshots.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      {found.error && <ErrorNotice error={found.error} />}
      <Group align="flex-end" gap="sm" mb="md">
        <Select
          label={t('compare.from')}
          allowDeselect={false}
          data={data}
          value={before}
          onChange={(value) => {
            setBefore(value ?? before);
          }}
        />
        <Select
          label={t('compare.to')}
          allowDeselect={false}
          data={[{ value: NOW, label: t('compare.now') }, ...data]}
          value={after}
          onChange={(value) => {
            setAfter(value ?? after);
          }}
        />
        <Button variant="default" loading={found.isPending} onClick={() => found.mutate()}>
          {t('compare.go')}
        </Button>
      </Group>
    </>
  );
}
