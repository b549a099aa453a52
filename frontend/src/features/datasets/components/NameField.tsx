import { Button, TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { namesIn, repeated } from '../names';
import classes from './Editor.module.css';

/** Where names are typed or pasted: Enter or a paste of several adds them. */
export function NameField(props: {
  label: string;
  placeholder: string;
  existing: readonly string[];
  onAdd: (text: string) => void;
}) {
  const { t } = useTranslation('datasets');
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);

  function add(given: string) {
    const twice = repeated(props.existing, given);
    setError(twice.length > 0 ? t('editor.repeated', { names: twice.join(', ') }) : null);
    if (namesIn(given).length > twice.length) props.onAdd(given);
    setText('');
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || text.trim() === '') return;
    event.preventDefault(); // Enter adds a name; with nothing typed it sends the form around it.
    add(text);
  }

  return (
    <div className={classes.add}>
      <TextInput
        aria-label={props.label}
        placeholder={props.placeholder}
        value={text}
        error={error}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text');
          if (namesIn(pasted).length < 2) return;
          event.preventDefault();
          add(pasted);
        }}
      />
      <Button variant="default" disabled={text.trim() === ''} onClick={() => add(text)}>
        {t('editor.add')}
      </Button>
    </div>
  );
}
