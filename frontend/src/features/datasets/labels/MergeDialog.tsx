import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import type { Dataset, Label } from '@/lib/datasets';
import type { Wire } from '@/lib/wire';
import { mergeLabel, touchedQuery } from '../api/labels';
import classes from './Labels.module.css';
import { useLabelChange } from './useLabelChange';

/** Into which label one goes, and all that this touches before it is done. */
export function MergeDialog(props: { dataset: Dataset; label: Label; onClose: () => void }) {
  const { t } = useTranslation('datasets');
  const { dataset, label, onClose } = props;
  const [into, setInto] = useState<string | null>(null);
  const touched = useQuery({
    ...touchedQuery(dataset.slug, label.id, into ?? ''),
    enabled: into !== null,
  });
  const merge = useLabelChange(dataset, () => mergeLabel(dataset, label.id, into ?? ''));
  const others = dataset.labels.filter(({ id, retired }) => id !== label.id && !retired);
  return (
    <Modal opened onClose={onClose} title={t('merging.title', { name: label.name })}>
      <Stack>
        <Select
          label={t('merging.into')}
          data={others.map(({ name }) => name)}
          value={into}
          onChange={setInto}
          searchable
          limit={100}
          data-autofocus
        />
        {into !== null && touched.isPending && <Loading count={1} height={96} />}
        {touched.error && <ErrorNotice error={touched.error} />}
        {into !== null && touched.data && (
          <Told told={touched.data} name={label.name} into={into} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('merging.cancel')}
          </Button>
          <Button
            disabled={into === null || !touched.data}
            loading={merge.isPending}
            onClick={() => merge.mutate(undefined, { onSuccess: onClose })}
          >
            {into === null ? t('merging.act') : t('merging.actInto', { name: label.name, into })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Told(props: { told: Wire<'Touched'>; name: string; into: string }) {
  const { t } = useTranslation('datasets');
  const { told, name, into } = props;
  return (
    <ul className={classes.told} role="status">
      <li>{t('merging.shapes', { count: told.shapes, answers: told.answers, into })}</li>
      {told.finals > 0 && <li>{t('merging.finals', { count: told.finals, into })}</li>}
      {told.decided > 0 && <li>{t('merging.decided', { count: told.decided })}</li>}
      {told.conflicts > 0 && <li>{t('merging.conflicts', { count: told.conflicts, name })}</li>}
      {told.ends > 0 && <li>{t('merging.ends', { count: told.ends })}</li>}
      {told.begun > 0 && <li>{t('merging.begun', { count: told.begun })}</li>}
      {told.is_required && <li>{t('merging.required', { name, into })}</li>}
      <li>{t('merging.kept', { name })}</li>
    </ul>
  );
}
