import { Checkbox, Group, Input, NumberInput, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { fieldError } from '@/lib/errorText';
import type { DatasetChange } from '../api/changeDataset';

type Gold = NonNullable<DatasetChange['gold']>;

const HIGHEST_PERCENT = 50;
const MOST_PER_DAY = 1000;

/** How many of the images that annotators get are gold, and whether they are told. */
export function GoldFields(props: {
  value: Gold;
  /** Why saving failed, if it did. */
  error: unknown;
  onChange: (gold: Gold) => void;
}) {
  const { t } = useTranslation('datasets');
  const { value, error, onChange } = props;
  const off = !value.rate;
  return (
    <Input.Wrapper
      label={t('gold.title')}
      labelElement="div"
      description={t('gold.hint')}
      error={fieldError(error, 'gold')}
    >
      <Stack gap="xs" mt={6}>
        <Group grow align="start">
          <NumberInput
            label={t('gold.rate')}
            min={0}
            max={HIGHEST_PERCENT}
            decimalScale={1}
            suffix=" %"
            value={Number((100 * (value.rate ?? 0)).toPrecision(4))}
            error={fieldError(error, 'gold.rate')}
            onChange={(percent) => onChange({ ...value, rate: Number(percent) / 100 })}
          />
          <NumberInput
            label={t('gold.per_day')}
            min={1}
            max={MOST_PER_DAY}
            allowDecimal={false}
            disabled={off}
            value={value.per_day ?? ''}
            error={fieldError(error, 'gold.per_day')}
            onChange={(count) => onChange({ ...value, per_day: Math.max(1, Number(count)) })}
          />
        </Group>
        <Checkbox
          label={t('gold.feedback')}
          description={t('gold.feedbackText')}
          disabled={off}
          checked={value.feedback ?? false}
          error={fieldError(error, 'gold.feedback')}
          onChange={({ currentTarget }) => onChange({ ...value, feedback: currentTarget.checked })}
        />
      </Stack>
    </Input.Wrapper>
  );
}
