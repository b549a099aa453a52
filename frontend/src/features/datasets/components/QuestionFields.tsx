import { Checkbox, Input, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { fieldError } from '@/lib/errorText';
import type { Interface, Option } from '@/lib/datasets';
import { OptionsEditor } from './OptionsEditor';

export interface Question {
  question: string;
  options: Option[];
  choice_style: 'single' | 'multiple';
  auto_accept: boolean;
}

type Faults = Partial<Record<'question' | 'options', string | undefined>>;

/** What is asked above each image and, for a choice, what can be picked. */
export function QuestionFields(props: {
  interface: Interface;
  value: Question;
  /** Why making or saving failed, if it did. */
  error: unknown;
  /** What is known to be wrong before anything was sent. */
  faults?: Faults;
  onChange: (part: Partial<Question>) => void;
}) {
  const { t } = useTranslation('datasets');
  const { value, error, faults, onChange } = props;
  const kind = props.interface;
  return (
    <Stack>
      <TextInput
        label={t(`interface.${kind}.question`)}
        placeholder={t(`interface.${kind}.example`)}
        required={kind === 'classification' || kind === 'image_choice'}
        withAsterisk={false}
        value={value.question}
        error={faults?.question ?? fieldError(error, 'question')}
        onChange={(event) => onChange({ question: event.currentTarget.value })}
      />
      {kind === 'choice' && <ChoiceFields {...{ value, error, faults, onChange }} />}
    </Stack>
  );
}

function ChoiceFields(props: {
  value: Question;
  error: unknown;
  faults: Faults | undefined;
  onChange: (part: Partial<Question>) => void;
}) {
  const { t } = useTranslation('datasets');
  const { value, error, faults, onChange } = props;
  const single = value.choice_style === 'single';
  return (
    <>
      <Input.Wrapper
        label={t('options.title')}
        labelElement="div"
        error={faults?.options ?? fieldError(error, 'options')}
      >
        <OptionsEditor options={value.options} onChange={(options) => onChange({ options })} />
      </Input.Wrapper>
      <SegmentedControl
        aria-label={t('options.style')}
        value={value.choice_style}
        onChange={(choice_style) =>
          onChange({ choice_style, auto_accept: choice_style === 'single' && value.auto_accept })
        }
        data={[
          { value: 'single', label: t('options.single') },
          { value: 'multiple', label: t('options.multiple') },
        ]}
      />
      {single && (
        <Checkbox
          label={t('options.autoAccept')}
          description={t('options.autoAcceptHint')}
          checked={value.auto_accept}
          error={fieldError(error, 'auto_accept')}
          onChange={(event) => onChange({ auto_accept: event.currentTarget.checked })}
        />
      )}
    </>
  );
}
