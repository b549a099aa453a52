import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '@/lib/datasets';
import { fieldError } from '@/lib/errorText';
import type { DatasetChange } from '../api/changeDataset';

type Name = 'coverage' | 'second_look' | 'random_share';

/** A setting that is a part of the images, in percent. */
export function ShareField<N extends Name>(props: {
  name: N;
  value: Pick<Dataset, N>;
  error: unknown;
  onChange: (part: DatasetChange) => void;
}) {
  const { t } = useTranslation('datasets');
  const { name, value, error, onChange } = props;
  return (
    <NumberInput
      label={t(`${name as Name}.label`)}
      description={t(`${name as Name}.text`)}
      maw={420}
      min={0}
      max={100}
      decimalScale={1}
      suffix=" %"
      error={fieldError(error, name)}
      value={Number((100 * value[name]).toPrecision(4))}
      onChange={(percent) => onChange({ [name]: Number(percent) / 100 })}
    />
  );
}
