import { NumberInput, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReviewPolicy } from '@/lib/datasets';

const POLICIES = ['conflicts', 'all', 'sample', 'none'] as const;
const FIRST_SAMPLE = 0.1;

/** Which finished images a reviewer sees. */
export function ReviewPolicyField(props: {
  value: ReviewPolicy;
  onChange: (policy: ReviewPolicy) => void;
}) {
  const { t } = useTranslation('datasets');
  const { value, onChange } = props;
  const sample = typeof value === 'object' ? value.sample : null;
  return (
    <Radio.Group
      label={t('review.label')}
      value={sample === null ? (value as string) : 'sample'}
      onChange={(wanted) =>
        onChange(wanted === 'sample' ? { sample: FIRST_SAMPLE } : (wanted as ReviewPolicy))
      }
    >
      <Stack gap="xs" mt={6}>
        {POLICIES.map((policy) => (
          <Radio
            key={policy}
            value={policy}
            label={t(`review.${policy}`)}
            description={t(`review.${policy}Text`)}
          />
        ))}
        {sample !== null && (
          <NumberInput
            aria-label={t('review.share')}
            ml={30}
            maw={140}
            min={1}
            max={100}
            suffix=" %"
            allowDecimal={false}
            value={Math.round(100 * sample)}
            onChange={(percent) => onChange({ sample: Math.max(1, Number(percent)) / 100 })}
          />
        )}
      </Stack>
    </Radio.Group>
  );
}
