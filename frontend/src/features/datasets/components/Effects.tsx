import { Button, Group, Modal, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DatasetChange } from '../api/changeDataset';
import { type Effect, effectsQuery } from '../api/effects';
import classes from './Effects.module.css';

/** So long nothing has to be typed before it is asked what would follow, ms. */
const PAUSE = 400;

/** What would follow from what was changed so far; nothing where nothing would. */
export function Effects({ slug, changes }: { slug: string; changes: DatasetChange }) {
  const { t } = useTranslation('datasets');
  const [settled] = useDebouncedValue(changes, PAUSE);
  const asks = Object.keys(settled).length > 0;
  const { data } = useQuery({ ...effectsQuery(slug, settled), enabled: asks });
  const told = asks ? (data?.effects ?? []) : [];
  return (
    <div role="status" className={classes.live}>
      {told.length > 0 && (
        <section className={classes.effects} aria-label={t('effects.title')}>
          <b>{t('effects.title')}</b>
          <Sentences effects={told} />
        </section>
      )}
    </div>
  );
}

/** Asked only where it is about what people have done already. */
export function ConfirmEffects(props: {
  effects: readonly Effect[];
  onSave: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('datasets');
  return (
    <Modal
      opened={props.effects.length > 0}
      onClose={props.onClose}
      title={t('effects.confirmTitle')}
    >
      <Stack>
        <Sentences effects={props.effects} />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t('effects.leave')}
          </Button>
          <Button data-autofocus onClick={props.onSave}>
            {t('effects.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Sentences({ effects }: { effects: readonly Effect[] }) {
  const { t } = useTranslation('datasets');
  return (
    <ul className={classes.sentences}>
      {effects.map(({ code, name, count, finals }) => (
        <li key={`${code} ${name}`}>{t(`effects.${code}`, { count, finals, name })}</li>
      ))}
    </ul>
  );
}
