import { Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Looked } from '../api/lineThumbnail';
import { ENCODINGS } from '../api/preview';
import type { ImportOptions } from '../api/startImport';

/** How the list is read, where what was found out is wrong. */
export function HowToRead(props: { looked: Looked; onChange: (options: ImportOptions) => void }) {
  const { t } = useTranslation('importing');
  const { preview, options } = props.looked;
  const groups = preview.url_field === '' && preview.lines.some(({ images }) => images.length > 1);
  const found = preview.encoding ? t(`encoding.${preview.encoding}`) : '';
  return (
    <Group gap="sm">
      {preview.columns.length > 0 && !groups && (
        <Select
          label={t('look.column')}
          w={280}
          allowDeselect={false}
          searchable
          data={preview.columns}
          value={preview.url_field || null}
          placeholder={t('look.choose')}
          onChange={(name) => name !== null && props.onChange({ ...options, url_field: name })}
        />
      )}
      {preview.refused?.code !== 'not_a_list' && (
        <Select
          label={t('look.encoding')}
          w={280}
          allowDeselect={false}
          data={[
            {
              value: '',
              label:
                options.encoding === '' && found !== ''
                  ? t('look.encodingFound', { encoding: found })
                  : t('look.encodingFind'),
            },
            ...ENCODINGS.map((each) => ({ value: each, label: t(`encoding.${each}`) })),
          ]}
          value={options.encoding}
          onChange={(encoding) =>
            encoding !== null && props.onChange({ ...options, encoding, url_field: '' })
          }
        />
      )}
    </Group>
  );
}
