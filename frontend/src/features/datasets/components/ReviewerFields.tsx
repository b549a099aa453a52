import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '@/lib/datasets';
import { fieldError } from '@/lib/errorText';
import type { DatasetChange } from '../api/changeDataset';
import { ShareField } from './ShareField';

interface Props {
  value: Pick<Dataset, 'interface' | 'tie_breaker' | 'coverage' | 'second_look' | 'shared_shift'>;
  /** Why saving failed, if it did. */
  error: unknown;
  onChange: (part: DatasetChange) => void;
}

/** Who decides, what reviewers look at beside what is in dispute, and what is learnt from them. */
export function ReviewerFields({ value, error, onChange }: Props) {
  const { t } = useTranslation('datasets');
  const draws = value.interface === 'image_manual';
  return (
    <Stack gap="sm">
      <TextInput
        label={t('tieBreaker.label')}
        description={t('tieBreaker.text')}
        type="email"
        maw={420}
        error={fieldError(error, 'tie_breaker')}
        value={value.tie_breaker}
        onChange={(event) => onChange({ tie_breaker: event.currentTarget.value })}
      />
      {draws && <ShareField name="coverage" {...{ value, error, onChange }} />}
      <ShareField name="second_look" {...{ value, error, onChange }} />
      {draws && (
        <Checkbox
          label={t('shift.label')}
          description={t('shift.text')}
          checked={value.shared_shift}
          onChange={(event) => onChange({ shared_shift: event.currentTarget.checked })}
        />
      )}
    </Stack>
  );
}
