import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PeopleSearch, SEARCHED } from '@/lib/peopleSearch';
import classes from './Users.module.css';

/** So long after the last letter it is looked for, ms. */
const PAUSE = 250;

/** Whom to look for: by name or address, and by what they are. */
export function UserFilters(props: {
  search: PeopleSearch;
  onSearch: (search: PeopleSearch) => void;
}) {
  const { t } = useTranslation('people');
  const { search, onSearch } = props;
  const asked = search.text ?? '';
  const [text, setText] = useState(asked);
  /** The text that was last asked for from here, and the one that the address was last seen with. */
  const [sent, setSent] = useState(asked);
  const [seen, setSeen] = useState(asked);
  if (asked !== seen) {
    setSeen(asked);
    setSent(asked);
    if (asked !== sent) setText(asked); // The address was changed elsewhere.
  }
  const look = useDebouncedCallback((typed: string) => {
    setSent(typed.trim());
    setText(typed);
    onSearch(changed(search, 'text', typed.trim()));
  }, PAUSE);
  return (
    <div className={classes.filters} role="search">
      <TextInput
        type="search"
        aria-label={t('users.search')}
        placeholder={t('users.search')}
        maxLength={100}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          look(event.currentTarget.value);
        }}
      />
      {(['state', 'role', 'factor'] as const).map((name) => (
        <NativeSelect
          key={name}
          aria-label={t(`users.by.${name}`)}
          value={search[name] ?? ''}
          data={[
            { value: '', label: t(`users.any.${name}`) },
            ...SEARCHED[name].map((value) => ({ value, label: t(`users.is.${value}`) })),
          ]}
          onChange={(event) => onSearch(changed(search, name, event.currentTarget.value))}
        />
      ))}
    </div>
  );
}

function changed(search: PeopleSearch, name: keyof PeopleSearch, value: string): PeopleSearch {
  const { [name]: _, ...others } = search;
  return value === '' ? others : { ...others, [name]: value };
}
