import { Group, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Overlap } from '@/lib/datasets';

export type SharedOverlap = Extract<Overlap, { share: number }>;

/** A number of answers for all images and a larger one for a share of them. */
export function SharedOverlapFields(props: {
  value: SharedOverlap;
  most: number;
  onChange: (overlap: SharedOverlap) => void;
}) {
  const { t } = useTranslation('datasets');
  const { value, most, onChange } = props;
  const whole = { allowDecimal: false, min: 1, w: 150 };
  return (
    <Group gap="sm" ml={30} align="end">
      <NumberInput
        {...whole}
        label={t('overlap.base')}
        max={most - 1}
        value={value.base}
        onChange={(wanted) => {
          const base = Number(wanted) || 1;
          onChange({ ...value, base, to: Math.max(value.to, base + 1) });
        }}
      />
      <NumberInput
        {...whole}
        label={t('overlap.share')}
        max={100}
        suffix=" %"
        value={Math.round(100 * value.share)}
        onChange={(percent) => onChange({ ...value, share: Math.max(1, Number(percent)) / 100 })}
      />
      <NumberInput
        {...whole}
        label={t('overlap.to')}
        min={value.base + 1}
        max={most}
        value={value.to}
        onChange={(wanted) => onChange({ ...value, to: Number(wanted) || value.base + 1 })}
      />
    </Group>
  );
}
