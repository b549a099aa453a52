import { Button, MultiSelect, NumberInput, Stack, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '@/lib/datasets';
import { choicesQuery } from '../../api/browse';
import { ExportFields } from '../../export/ExportFields';
import { type ExportOrder, FIRST } from '../../export/formats';
import type { Act } from '../../api/acts';
import type { ActName } from './ActBar';
import classes from './ActBar.module.css';

/** What opens inside belongs to the form: a press there does not close it. */
const INSIDE = { withinPortal: false };
const LONGEST_REASON = 500;
const HIGHEST_PRIORITY = 32_767;

/** What an act needs to know, what it will do, and to how many. */
export function ActForm(props: {
  dataset: Dataset;
  name: ActName;
  count: number;
  onAct: (act: Act) => void;
}) {
  const { t } = useTranslation('browse');
  const { name, count } = props;
  const [act, setAct] = useState<Act | null>(begin(name));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (act) props.onAct(act);
      }}
    >
      <Stack gap="xs">
        <Fields {...props} onChange={setAct} />
        <p className={classes.does}>{t(`acts.does.${name}`, { count })}</p>
        <Button
          type="submit"
          size="xs"
          disabled={act === null || count === 0}
          {...(name === 'delete' && { color: 'red.9' })}
        >
          {t(`acts.go.${name}`, { count })}
        </Button>
      </Stack>
    </form>
  );
}

/** Acts that need nothing more can be done as they are. */
function begin(name: ActName): Act | null {
  if (name === 'requeue' || name === 'delete') return { act: name };
  if (name === 'export') return { act: name, ...FIRST };
  return name === 'assign' ? { act: name, people: [] } : null;
}

interface FieldsProps {
  dataset: Dataset;
  name: ActName;
  onChange: (act: Act | null) => void;
}

function Fields(props: FieldsProps) {
  switch (props.name) {
    case 'tag':
      return <Tags {...props} />;
    case 'priority':
      return <Priority {...props} />;
    case 'requeue':
      return <Reason {...props} />;
    case 'assign':
      return <People {...props} />;
    case 'export':
      return <ExportAct {...props} />;
    case 'delete':
      return null;
  }
}

function Tags({ dataset, onChange }: FieldsProps) {
  const { t } = useTranslation('browse');
  const known = useQuery(choicesQuery(dataset.slug)).data?.tags.map(({ name }) => name) ?? [];
  const [tags, setTags] = useState<{ add: string[]; remove: string[] }>({ add: [], remove: [] });
  const change = (to: Partial<typeof tags>) => {
    const next = { ...tags, ...to };
    setTags(next);
    const some = next.add.length + next.remove.length > 0;
    onChange(some ? { act: 'tag', ...next } : null);
  };
  return (
    <>
      <TagsInput
        size="xs"
        comboboxProps={INSIDE}
        label={t('acts.add')}
        data={known}
        value={tags.add}
        data-autofocus
        onChange={(add) => change({ add })}
      />
      <MultiSelect
        size="xs"
        comboboxProps={INSIDE}
        label={t('acts.remove')}
        data={known}
        value={tags.remove}
        onChange={(remove) => change({ remove })}
      />
    </>
  );
}

function Priority({ onChange }: FieldsProps) {
  const { t } = useTranslation('browse');
  return (
    <NumberInput
      size="xs"
      label={t('acts.priority')}
      min={-HIGHEST_PRIORITY}
      max={HIGHEST_PRIORITY}
      allowDecimal={false}
      data-autofocus
      onChange={(priority) => {
        onChange(typeof priority === 'number' ? { act: 'priority', priority } : null);
      }}
    />
  );
}

function Reason({ onChange }: FieldsProps) {
  const { t } = useTranslation('browse');
  return (
    <TextInput
      size="xs"
      label={t('acts.reason')}
      maxLength={LONGEST_REASON}
      data-autofocus
      onChange={({ currentTarget: { value } }) => {
        onChange({ act: 'requeue', ...(value.trim() && { reason: value.trim() }) });
      }}
    />
  );
}

function People({ dataset, onChange }: FieldsProps) {
  const { t } = useTranslation('browse');
  const people = useQuery(choicesQuery(dataset.slug)).data?.labellers ?? [];
  return (
    <MultiSelect
      size="xs"
      comboboxProps={INSIDE}
      searchable
      label={t('acts.people')}
      data={people.map(({ id, name }) => ({ value: id, label: name }))}
      data-autofocus
      onChange={(chosen) => onChange({ act: 'assign', people: chosen })}
    />
  );
}

function ExportAct({ dataset, onChange }: FieldsProps) {
  const [order, setOrder] = useState(FIRST);
  const change = (changed: ExportOrder) => {
    setOrder(changed);
    onChange({ act: 'export', ...changed });
  };
  return <ExportFields size="xs" dataset={dataset} value={order} onChange={change} />;
}
