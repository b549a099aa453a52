import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { monday, today } from './dates';
import classes from './FilterChips.module.css';
import { without } from './filter';
import type { TaskFilter } from './filter';

interface Props {
  filter: TaskFilter;
  onFilter: (filter: TaskFilter) => void;
  onDone: () => void;
}

/** Between which days something was imported; either may be left out. */
export function DateEditor({ filter, onFilter, onDone }: Props) {
  const { t } = useTranslation('browse');
  const [from, setFrom] = useState(filter.imported_from ?? '');
  const [to, setTo] = useState(filter.imported_to ?? '');
  const apply = (first: string, last: string) => {
    onFilter({
      ...without(filter, 'imported_from', 'imported_to'),
      ...(first && { imported_from: first }),
      ...(last && { imported_to: last }),
    });
    onDone();
  };
  const now = today();
  const presets = [
    ['today', now],
    ['week', monday(now)],
    ['month', `${now.slice(0, 8)}01`],
  ] as const;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply(from, to);
      }}
    >
      <Stack gap="xs">
        <div className={classes.presets}>
          {presets.map(([words, first]) => (
            <Button
              key={words}
              size="compact-xs"
              variant="default"
              onClick={() => apply(first, '')}
            >
              {t(`preset.${words}`)}
            </Button>
          ))}
        </div>
        <Group gap="xs" grow wrap="nowrap">
          <Day label={t('since')} value={from} onChange={setFrom} />
          <Day label={t('until')} value={to} onChange={setTo} />
        </Group>
        <Button type="submit" size="xs" disabled={from === '' && to === ''}>
          {t('apply')}
        </Button>
      </Stack>
    </form>
  );
}

/** On which day it was answered first. */
export function DayEditor({ filter, onFilter, onDone }: Props) {
  const { t } = useTranslation('browse');
  const [day, setDay] = useState(filter.day ?? today());
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (day !== '') onFilter({ ...filter, day });
        onDone();
      }}
    >
      <Stack gap="xs">
        <Day label={t('name.day')} value={day} onChange={setDay} />
        <Button type="submit" size="xs" disabled={day === ''}>
          {t('apply')}
        </Button>
      </Stack>
    </form>
  );
}

function Day(props: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <TextInput
      type="date"
      size="xs"
      label={props.label}
      value={props.value}
      onChange={({ currentTarget }) => props.onChange(currentTarget.value)}
    />
  );
}
