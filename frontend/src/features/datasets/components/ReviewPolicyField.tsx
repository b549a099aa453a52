import { Group, NumberInput, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReviewPolicy } from '@/lib/datasets';
import { fieldError } from '@/lib/errorText';

const POLICIES = ['conflicts', 'all', 'sample', 'none', 'target'] as const;
const FIRST_SAMPLE: ReviewPolicy = { sample: 0.1 };
const FIRST_TARGET: ReviewPolicy = { target_error: 0.05, audit: 0.05 };

/** Which finished images a reviewer sees. */
export function ReviewPolicyField(props: {
  value: ReviewPolicy;
  /** Why making or saving failed, if it did. */
  error: unknown;
  onChange: (policy: ReviewPolicy) => void;
}) {
  const { t } = useTranslation('datasets');
  const { value, onChange } = props;
  const target = typeof value === 'object' && 'target_error' in value ? value : null;
  const sample = typeof value === 'object' && 'sample' in value ? value.sample : null;
  const percent = { w: 150, max: 100, suffix: ' %' };
  return (
    <Radio.Group
      label={t('review.label')}
      error={fieldError(props.error, 'review_policy')}
      value={typeof value === 'string' ? value : target ? 'target' : 'sample'}
      onChange={(wanted) => onChange(policyOf(wanted))}
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
            onChange={(share) => onChange({ sample: Math.max(1, Number(share)) / 100 })}
          />
        )}
        {target && (
          <Group gap="sm" ml={30} align="end">
            <NumberInput
              {...percent}
              label={t('review.targetError')}
              min={0.1}
              max={50}
              step={0.5}
              decimalScale={1}
              value={Math.round(1000 * target.target_error) / 10}
              onChange={(share) =>
                onChange({ ...target, target_error: Math.max(0.1, Number(share)) / 100 })
              }
            />
            <NumberInput
              {...percent}
              label={t('review.audit')}
              min={1}
              allowDecimal={false}
              value={Math.round(100 * target.audit)}
              onChange={(share) => onChange({ ...target, audit: Math.max(1, Number(share)) / 100 })}
            />
          </Group>
        )}
      </Stack>
    </Radio.Group>
  );
}

function policyOf(name: string): ReviewPolicy {
  if (name === 'sample') return FIRST_SAMPLE;
  return name === 'target' ? FIRST_TARGET : (name as ReviewPolicy);
}
