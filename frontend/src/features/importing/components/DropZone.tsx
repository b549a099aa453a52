import { Loader } from '@mantine/core';
import { type DragEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { ACCEPTED, type Chosen, droppedFiles } from '../files';
import classes from './DropZone.module.css';

export function DropZone(props: { busy: boolean; onFiles: (files: readonly Chosen[]) => void }) {
  const { t } = useTranslation('importing');
  const id = useId();
  const [over, setOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void droppedFiles(event.dataTransfer).then(props.onFiles);
  }

  return (
    <label
      htmlFor={id}
      className={classes.zone}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {props.busy ? <Loader size="sm" /> : <Icon name="upload" size={28} />}
      <b>{t(props.busy ? 'start.uploading' : 'start.drop')}</b>
      <span>{t('start.kinds')}</span>
      <input
        id={id}
        type="file"
        multiple
        accept={ACCEPTED}
        className="unseen"
        disabled={props.busy}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          props.onFiles(files.map((file) => ({ file, path: '' })));
          event.currentTarget.value = ''; // The same file may be chosen again.
        }}
      />
    </label>
  );
}
