import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Brought } from '@/lib/brought';
import { type Chosen, MOST_IMAGES, type Problem, sorted } from '../files';
import { AddressField } from './AddressField';
import { DropZone } from './DropZone';
import notices from './Refused.module.css';

interface Props {
  addresses: string;
  onAddresses: (text: string) => void;
  /** Files were chosen instead. */
  files: Brought | null;
  onFiles: (files: Brought | null) => void;
}

/** Says what is to come into a dataset that is not there yet; its import page does the rest. */
export function NameImages({ addresses, onAddresses, files, onFiles }: Props) {
  const { t } = useTranslation('importing');
  const [problem, setProblem] = useState<Problem | null>(null);

  function take(chosen: readonly Chosen[]) {
    const found = sorted(chosen);
    setProblem('problem' in found ? found.problem : null);
    if ('list' in found) onFiles({ kind: 'file', file: found.list });
    if ('images' in found) onFiles({ kind: 'images', files: found.images });
  }

  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('name.intro')}
      </Text>
      {files && files.kind !== 'text' ? (
        <Group justify="space-between" role="status">
          <span>
            {files.kind === 'file'
              ? files.file.name
              : t('name.images', { count: files.files.length })}
          </span>
          <Button variant="default" size="xs" onClick={() => onFiles(null)}>
            {t('name.other')}
          </Button>
        </Group>
      ) : (
        <>
          <DropZone busy={false} onFiles={take} />
          {problem !== null && (
            <div role="alert" className={notices.refused}>
              {t(`start.problem.${problem}`, { count: MOST_IMAGES })}
            </div>
          )}
          <AddressField text={addresses} onText={onAddresses} />
        </>
      )}
    </Stack>
  );
}
