import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import type { Failures } from '../api/imports';
import classes from './FailedFiles.module.css';

/** The failed lines as lists, to be corrected and dropped here again. */
export function FailedFiles({ id, files }: { id: string; files: Failures['files'] }) {
  const { t } = useTranslation('importing');
  return (
    <Group gap="md">
      {files.map((form) => (
        <a key={form} className={classes.file} href={`/api/imports/${id}/failed.${form}`} download>
          <Icon name="download" size={16} />
          {t(`rows.file.${form}`)}
        </a>
      ))}
    </Group>
  );
}
