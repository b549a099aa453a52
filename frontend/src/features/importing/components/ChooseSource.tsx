import { Button, Group } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '@/lib/notify';
import type { ListSource } from '../api/preview';
import { type Chosen, MOST_IMAGES, type Problem, sorted } from '../files';
import { AddressField } from './AddressField';
import { DropZone } from './DropZone';
import notices from './Refused.module.css';

interface Props {
  /** What is on its way to the server. */
  sending: ListSource['kind'] | 'images' | null;
  text: string;
  onText: (text: string) => void;
  onList: (source: ListSource) => void;
  onImages: (files: readonly Chosen[]) => void;
  children: ReactNode;
}

/** Drop files or paste addresses. */
export function ChooseSource(props: Props) {
  const { t } = useTranslation('importing');
  const { sending, text, onList, onImages } = props;
  const [problem, setProblem] = useState<Problem | null>(null);

  function take(files: readonly Chosen[]) {
    const found = sorted(files);
    setProblem('problem' in found ? found.problem : null);
    if ('list' in found) onList({ kind: 'file', file: found.list });
    if ('images' in found) onImages(found.images);
    if ('left' in found && found.left > 0) void notify(t('start.left', { count: found.left }));
  }

  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  return (
    <>
      <DropZone busy={sending === 'file' || sending === 'images'} onFiles={take} />
      {problem !== null && (
        <div role="alert" className={notices.refused}>
          {t(`start.problem.${problem}`, { count: MOST_IMAGES })}
        </div>
      )}
      <AddressField text={text} onText={props.onText} />
      {props.children}
      <Group justify="flex-end">
        <Button
          disabled={lines === 0}
          loading={sending === 'text'}
          onClick={() => onList({ kind: 'text', text })}
        >
          {t('start.look', { count: lines })}
        </Button>
      </Group>
    </>
  );
}
