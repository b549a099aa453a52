import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '@/lib/datasets';

type SkipPolicy = Dataset['skip_policy'];

const POLICIES: readonly SkipPolicy[] = ['me_later', 'others', 'manager'];

/** Who gets an image that somebody skipped. */
export function SkipPolicyField(props: {
  value: SkipPolicy;
  onChange: (policy: SkipPolicy) => void;
}) {
  const { t } = useTranslation('datasets');
  return (
    <Radio.Group
      label={t('skip.label')}
      value={props.value}
      onChange={(wanted) => props.onChange(wanted as SkipPolicy)}
    >
      <Stack gap="xs" mt={6}>
        {POLICIES.map((policy) => (
          <Radio
            key={policy}
            value={policy}
            label={t(`skip.${policy}`)}
            description={t(`skip.${policy}_text`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
