import { Group, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Overlap } from '@/lib/datasets';

export type DisputedOverlap = Extract<Overlap, { most: number }>;

/** How many answers come first, and how many at most where people differ. */
export function DisputedOverlapFields(props: {
  value: DisputedOverlap;
  most: number;
  onChange: (overlap: DisputedOverlap) => void;
}) {
  const { t } = useTranslation('datasets');
  const { value, most, onChange } = props;
  const whole = { allowDecimal: false, w: 150 };
  return (
    <Group gap="sm" ml={30} align="end">
      <NumberInput
        {...whole}
        label={t('overlap.first')}
        min={2}
        max={most - 1}
        value={value.base}
        onChange={(wanted) => {
          const base = Math.max(2, Number(wanted));
          onChange({ base, most: Math.max(value.most, base + 1) });
        }}
      />
      <NumberInput
        {...whole}
        label={t('overlap.most')}
        min={value.base + 1}
        max={most}
        value={value.most}
        onChange={(wanted) => onChange({ ...value, most: Number(wanted) || value.base + 1 })}
      />
    </Group>
  );
}
