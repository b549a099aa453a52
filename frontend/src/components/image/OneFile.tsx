import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { fileSize } from '@/lib/format';
import classes from './ImageActs.module.css';

/** Where one image file is dropped or chosen. */
export function OneFile(props: {
  file: File | null;
  disabled: boolean;
  onFile: (file: File) => void;
}) {
  const { t } = useTranslation('images');
  const { file, disabled } = props;
  const id = useId();
  const [over, setOver] = useState(false);

  function take(files: FileList | null) {
    setOver(false);
    const first = files?.[0];
    if (first && !disabled) props.onFile(first);
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
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer.files);
      }}
    >
      <Icon name="upload" size={24} />
      <b>
        {file
          ? t('replace.chosen', { name: file.name, size: fileSize(file.size) })
          : t('replace.drop')}
      </b>
      {file && <span>{t('replace.other')}</span>}
      <input
        id={id}
        type="file"
        accept="image/*"
        className={classes.file}
        disabled={disabled}
        autoFocus
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = ''; // The same file may be chosen again.
        }}
      />
    </label>
  );
}
