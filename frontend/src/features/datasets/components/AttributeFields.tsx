import { ActionIcon, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { KINDS, optionsIn } from '../attributes';
import type { AttributeDraft, Fault, Kind } from '../attributes';
import classes from './AttributesDialog.module.css';

interface Props {
  draft: AttributeDraft;
  faults: Partial<Record<keyof AttributeDraft, Fault>>;
  onChange: (part: Partial<AttributeDraft>) => void;
  onRemove: () => void;
}

export function AttributeFields({ draft, faults, onChange, onRemove }: Props) {
  const { t } = useTranslation('datasets');
  const told = (field: keyof AttributeDraft) => {
    const fault = faults[field];
    return fault && t(`attributes.fault.${fault}`);
  };
  return (
    <div className={classes.fields}>
      <TextInput
        label={t('attributes.name')}
        maxLength={100}
        data-autofocus
        value={draft.name}
        error={told('name')}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('attributes.kind.title')}
        data={KINDS.map((kind) => ({ value: kind, label: t(`attributes.kind.${kind}`) }))}
        value={draft.kind}
        onChange={(event) => onChange({ kind: event.currentTarget.value as Kind, default: '' })}
      />
      {draft.kind === 'select' && (
        <Textarea
          className={classes.wide}
          label={t('attributes.options')}
          autosize
          minRows={2}
          maxRows={8}
          value={draft.options}
          error={told('options')}
          onChange={(event) => onChange({ options: event.currentTarget.value })}
        />
      )}
      <DefaultField draft={draft} error={told('default')} onChange={onChange} />
      <Checkbox
        className={classes.required}
        label={t('attributes.required')}
        checked={draft.required}
        onChange={(event) => onChange({ required: event.currentTarget.checked })}
      />
      <ActionIcon
        className={classes.remove}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('editor.remove', { name: draft.name || t('attributes.one') })}
        onClick={onRemove}
      >
        <Icon name="trash" />
      </ActionIcon>
    </div>
  );
}

function DefaultField(props: Pick<Props, 'draft' | 'onChange'> & { error: string | undefined }) {
  const { t } = useTranslation('datasets');
  const { draft, error, onChange } = props;
  const label = t('attributes.default');
  if (draft.kind === 'number' || draft.kind === 'text') {
    return (
      <TextInput
        label={label}
        maxLength={500}
        value={draft.default}
        error={error}
        onChange={(event) => onChange({ default: event.currentTarget.value })}
      />
    );
  }
  const values = draft.kind === 'checkbox' ? ['yes', 'no'] : optionsIn(draft.options);
  const words = (value: string) =>
    draft.kind === 'checkbox' ? t(`attributes.${value as 'yes' | 'no'}`) : value;
  return (
    <NativeSelect
      label={label}
      data={[
        { value: '', label: t('attributes.nothing') },
        ...values.map((value) => ({ value, label: words(value) })),
      ]}
      value={values.includes(draft.default) ? draft.default : ''}
      onChange={(event) => onChange({ default: event.currentTarget.value })}
    />
  );
}
