import { Radio, Stack } from '@mantine/core';

/** A setting that is one word of a few, each with a name and a line that explains it. */
export function RadioField<Word extends string>(props: {
  label: string;
  words: readonly Word[];
  name: (word: Word) => string;
  explain: (word: Word) => string;
  value: Word;
  onChange: (word: Word) => void;
}) {
  return (
    <Radio.Group
      label={props.label}
      value={props.value}
      onChange={(wanted) => props.onChange(wanted as Word)}
    >
      <Stack gap="xs" mt={6}>
        {props.words.map((word) => (
          <Radio
            key={word}
            value={word}
            label={props.name(word)}
            description={props.explain(word)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
