import { Checkbox, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FilterChips.module.css';

/** From so many on there is a field to search by. */
const MANY = 9;

/** Any number of values, each at once. */
export function ChooseMany(props: {
  values: readonly string[];
  words: (value: string) => string;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const { values, words, chosen } = props;
  return (
    <Sought values={values} words={words}>
      {(value) => (
        <Checkbox
          key={value}
          size="xs"
          label={words(value)}
          checked={chosen.includes(value)}
          onChange={({ currentTarget }) => {
            const others = chosen.filter((each) => each !== value);
            props.onChange(currentTarget.checked ? [...others, value] : others);
          }}
        />
      )}
    </Sought>
  );
}

/** One of several. */
export function ChooseOne(props: {
  values: readonly { readonly id: string; readonly name: string }[];
  chosen: string | undefined;
  onChange: (id: string) => void;
}) {
  const { values, chosen } = props;
  return (
    <Sought values={values} words={({ name }) => name}>
      {({ id, name }) => (
        <Radio
          key={id}
          size="xs"
          name="one"
          label={name}
          checked={chosen === id}
          onChange={() => props.onChange(id)}
        />
      )}
    </Sought>
  );
}

function Sought<Value>(props: {
  values: readonly Value[];
  words: (value: Value) => string;
  children: (value: Value) => React.ReactNode;
}) {
  const { t } = useTranslation('browse');
  const [sought, setSought] = useState('');
  const { values, words } = props;
  const found = values.filter((value) => words(value).toLowerCase().includes(sought.toLowerCase()));
  if (values.length === 0) return <p className={classes.none}>{t('nothingToChoose')}</p>;
  return (
    <Stack gap="xs">
      {values.length >= MANY && (
        <TextInput
          size="xs"
          aria-label={t('search')}
          placeholder={t('search')}
          value={sought}
          onChange={({ currentTarget }) => setSought(currentTarget.value)}
        />
      )}
      <div className={classes.choices}>{found.map(props.children)}</div>
    </Stack>
  );
}
