import { Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Looked } from '../api/lineThumbnail';
import { ENCODINGS, FORMATS } from '../api/preview';
import type { ImportOptions } from '../api/startImport';

/** How the list is read, where what was found out is wrong. */
export function HowToRead(props: { looked: Looked; onChange: (options: ImportOptions) => void }) {
  const { t } = useTranslation('importing');
  const { preview, options } = props.looked;
  const groups = preview.url_field === '' && preview.lines.some(({ images }) => images.length > 1);
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
      <Found
        label={t('look.readAs')}
        choices={FORMATS.map((each) => ({ value: each, label: t(`look.format.${each}`) }))}
        found={preview.format}
        chosen={options.format}
        onChange={(format) => props.onChange({ ...options, format, url_field: '' })}
      />
      {preview.refused?.code !== 'not_a_list' && (
        <Found
          label={t('look.encoding')}
          choices={ENCODINGS.map((each) => ({ value: each, label: t(`encoding.${each}`) }))}
          found={preview.encoding}
          chosen={options.encoding}
          onChange={(encoding) => props.onChange({ ...options, encoding, url_field: '' })}
        />
      )}
    </Group>
  );
}

interface FoundProps<Value extends string> {
  label: string;
  choices: { value: Value; label: string }[];
  found: Value | null;
  chosen: Value | '';
  onChange: (chosen: Value | '') => void;
}

/** What was found out, unless something else is chosen. */
function Found<Value extends string>({ found, chosen, ...props }: FoundProps<Value>) {
  const { t } = useTranslation('importing');
  const name = props.choices.find(({ value }) => value === found)?.label;
  const said = chosen === '' && name !== undefined;
  return (
    <Select
      label={props.label}
      w={280}
      allowDeselect={false}
      data={[
        { value: '', label: said ? t('look.found', { name }) : t('look.find') },
        ...props.choices,
      ]}
      value={chosen}
      onChange={(value) => {
        const choice = props.choices.find((each) => each.value === value);
        props.onChange(choice ? choice.value : '');
      }}
    />
  );
}
