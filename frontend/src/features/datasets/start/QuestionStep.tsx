import { Input, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { hasLabels } from '@/lib/datasets';
import { fieldError } from '@/lib/errorText';
import { homeQuery } from '@/lib/home';
import type { NewDataset } from '../api/createDataset';
import { LabelsEditor } from '../components/LabelsEditor';
import { QuestionFields } from '../components/QuestionFields';
import { fromTemplate, type Missing, templateOf } from './draft';
import { TemplateChoice } from './TemplateChoice';

interface Props {
  dataset: NewDataset;
  /** What was asked for before it was there. */
  missing: readonly Missing[];
  error: unknown;
  onChange: (dataset: NewDataset) => void;
}

/** What is asked, and with which labels or options it is answered. */
export function QuestionStep({ dataset, missing, error, onChange }: Props) {
  const { t } = useTranslation('datasets');
  const change = (part: Partial<NewDataset>) => onChange({ ...dataset, ...part });
  const fault = (field: Missing) =>
    missing.includes(field) ? t(`start.missing.${field}`) : fieldError(error, field);
  return (
    <Stack gap="lg">
      <div>
        <TextInput
          label={t('create.name')}
          placeholder={t('create.namePlaceholder')}
          autoFocus
          maxLength={150}
          error={fault('name')}
          value={dataset.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <SameName name={dataset.name} />
      </div>
      <TemplateChoice
        value={templateOf(dataset)}
        onChange={(name) => onChange(fromTemplate(dataset, name))}
      />
      <QuestionFields
        interface={dataset.interface}
        value={dataset}
        error={error}
        faults={{ question: fault('question'), options: fault('options') }}
        onChange={change}
      />
      {hasLabels(dataset.interface) && (
        <Input.Wrapper label={t('labels.title')} labelElement="div" error={fault('labels')}>
          <LabelsEditor labels={dataset.labels} onChange={(labels) => change({ labels })} />
        </Input.Wrapper>
      )}
    </Stack>
  );
}

/** Two datasets may have one name; whoever makes the second one should mean it. */
function SameName({ name }: { name: string }) {
  const { t } = useTranslation('datasets');
  const { data } = useQuery(homeQuery);
  const sought = plain(name);
  if (!data?.datasets.some((other) => plain(other.name) === sought)) return null;
  return (
    <Text size="xs" mt={4} c="var(--conflict-ink)" role="status">
      {t('start.sameName')}
    </Text>
  );
}

function plain(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}
