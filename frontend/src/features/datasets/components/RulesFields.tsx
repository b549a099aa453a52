import { Checkbox, Group, Input, MultiSelect, NumberInput, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '@/lib/datasets';
import { fieldError } from '@/lib/errorText';

type Rules = Dataset['rules'];

interface Props {
  dataset: Pick<Dataset, 'interface' | 'labels' | 'choice_style' | 'rules'>;
  /** Why saving failed, if it did. */
  error: unknown;
  onChange: (rules: Rules) => void;
}

/** What an answer must keep to before it can be accepted; an empty field asks for nothing. */
export function RulesFields(props: Props) {
  const { t } = useTranslation('datasets');
  const { interface: kind, choice_style } = props.dataset;
  if (kind === 'classification') return null;
  const one = kind === 'choice' && choice_style === 'single';
  return (
    <Input.Wrapper
      label={t('rules.title')}
      labelElement="div"
      description={t('rules.hint')}
      error={fieldError(props.error, 'rules')}
    >
      <Stack gap="xs" mt={6}>
        {kind === 'image_manual' && <ShapeRules {...props} />}
        {kind !== 'image_manual' && !one && <Counts what="options" {...props} />}
        {one && <OneOption {...props} />}
      </Stack>
    </Input.Wrapper>
  );
}

function ShapeRules(props: Props) {
  const { t } = useTranslation('datasets');
  const { dataset, error, onChange } = props;
  const { rules, labels } = dataset;
  const names = labels.filter(({ retired }) => !retired).map(({ name }) => name);
  const required = rules.required_labels ?? [];
  return (
    <>
      <Counts what="shapes" {...props} />
      <MultiSelect
        label={t('rules.required_labels')}
        data={[...new Set([...names, ...required])]}
        value={required}
        error={fieldError(error, 'rules.required_labels')}
        onChange={(wanted) => onChange({ ...rules, required_labels: wanted })}
      />
      <NumberInput
        label={t('rules.max_overlap')}
        placeholder={t('rules.any')}
        min={0.1}
        max={100}
        decimalScale={1}
        suffix=" %"
        value={rules.max_overlap == null ? '' : Number((100 * rules.max_overlap).toPrecision(4))}
        error={fieldError(error, 'rules.max_overlap')}
        onChange={(percent) =>
          onChange({ ...rules, max_overlap: percent === '' ? null : Number(percent) / 100 })
        }
      />
    </>
  );
}

/** The least and the most. */
function Counts({ what, dataset, error, onChange }: Props & { what: 'shapes' | 'options' }) {
  const { t } = useTranslation('datasets');
  const { rules } = dataset;
  return (
    <Group grow align="start">
      {([`min_${what}`, `max_${what}`] as const).map((rule) => (
        <NumberInput
          key={rule}
          label={t(`rules.${rule}`)}
          placeholder={t('rules.any')}
          min={0}
          max={10_000}
          allowDecimal={false}
          value={rules[rule] ?? ''}
          error={fieldError(error, `rules.${rule}`)}
          onChange={(count) => onChange({ ...rules, [rule]: count === '' ? null : Number(count) })}
        />
      ))}
    </Group>
  );
}

/** Of a single choice there is only to say whether it may be left out. */
function OneOption({ dataset, error, onChange }: Props) {
  const { t } = useTranslation('datasets');
  const { rules } = dataset;
  return (
    <Checkbox
      label={t('rules.one_option')}
      checked={(rules.min_options ?? 0) > 0}
      error={fieldError(error, 'rules.min_options') ?? fieldError(error, 'rules.max_options')}
      onChange={({ currentTarget }) =>
        onChange({ ...rules, min_options: currentTarget.checked ? 1 : null, max_options: null })
      }
    />
  );
}
