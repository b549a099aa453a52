import { Checkbox, Radio, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Dataset, hasLabels } from '@/lib/datasets';
import { useMe } from '@/lib/me';
import { connectionsOf } from '../api/connections';
import type { ImportOptions } from '../api/startImport';

const FETCH = ['copy', 'reference'] as const;

export function OptionFields(props: {
  dataset: Dataset;
  options: ImportOptions;
  onChange: (options: ImportOptions) => void;
}) {
  const { t } = useTranslation('importing');
  const { dataset, options, onChange } = props;
  const { is_admin } = useMe();
  const connections = useQuery({ ...connectionsOf(dataset.id), enabled: is_admin });
  return (
    <Stack gap="xs">
      {connections.data !== undefined && connections.data.length > 0 && (
        <Select
          label={t('options.connection')}
          description={t('options.connectionHint')}
          maw={360}
          clearable
          placeholder={t('options.noConnection')}
          data={connections.data.map(({ id, name }) => ({ value: id, label: name }))}
          value={options.connection}
          onChange={(connection) => onChange({ ...options, connection })}
        />
      )}
      <Radio.Group
        mb="xs"
        label={t('options.fetch')}
        value={options.fetch}
        onChange={(fetch) => onChange({ ...options, fetch: fetch as ImportOptions['fetch'] })}
      >
        <Stack gap="xs" mt={4}>
          {FETCH.map((fetch) => (
            <Radio
              key={fetch}
              value={fetch}
              label={t(`options.${fetch}`)}
              description={t(`options.${fetch}Hint`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Checkbox
        label={t('options.keep')}
        description={t('options.keepHint')}
        checked={options.on_duplicate === 'keep'}
        onChange={(event) =>
          onChange({ ...options, on_duplicate: event.currentTarget.checked ? 'keep' : 'skip' })
        }
      />
      {hasLabels(dataset.interface) && (
        <Checkbox
          label={t('options.addLabels')}
          description={t('options.addLabelsHint')}
          checked={options.unknown_label === 'add'}
          onChange={(event) =>
            onChange({ ...options, unknown_label: event.currentTarget.checked ? 'add' : 'refuse' })
          }
        />
      )}
    </Stack>
  );
}
