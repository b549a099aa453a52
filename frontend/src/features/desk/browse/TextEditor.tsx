import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskFilter } from './filter';

const SHORTEST = 3;
const LONGEST = 100;

/** What is sought in names and meta. */
export function TextEditor(props: {
  filter: TaskFilter;
  onFilter: (filter: TaskFilter) => void;
  onDone: () => void;
}) {
  const { t } = useTranslation('browse');
  const [text, setText] = useState(props.filter.text ?? '');
  const short = text.trim().length < SHORTEST;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (short) return;
        props.onFilter({ ...props.filter, text: text.trim() });
        props.onDone();
      }}
    >
      <Stack gap="xs">
        <TextInput
          size="xs"
          label={t('name.text')}
          description={t('textHint')}
          value={text}
          maxLength={LONGEST}
          data-autofocus
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Button type="submit" size="xs" disabled={short}>
          {t('apply')}
        </Button>
      </Stack>
    </form>
  );
}
