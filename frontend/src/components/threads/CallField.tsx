import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import type { PersonToCall } from '@/lib/threads';
import { begunCall, calledBy, complete } from './mentions';
import classes from './threads.module.css';

/** A field for plain text in which `@` offers those who can be called. Enter sends. */
export function CallField(props: {
  label: string;
  value: string;
  people: readonly PersonToCall[];
  focused: boolean;
  onChange: (text: string) => void;
  onSend: () => void;
}) {
  const { t } = useTranslation('threads');
  const { value, people, focused, onChange, onSend } = props;
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [closed, setClosed] = useState(false);
  const begun = begunCall(value, caret);
  const offered = begun === null || closed ? [] : calledBy(begun, people);
  const place = Math.min(active, offered.length - 1);

  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);

  const take = (person: PersonToCall) => {
    const done = complete(value, caret, person);
    onChange(done.text);
    setCaret(done.caret);
    setActive(0);
    // The field has the new text first.
    requestAnimationFrame(() => field.current?.setSelectionRange(done.caret, done.caret));
  };
  const press = (event: KeyboardEvent) => {
    const person = offered[place];
    const act = person
      ? {
          ArrowDown: () => setActive((place + 1) % offered.length),
          ArrowUp: () => setActive((place + offered.length - 1) % offered.length),
          Enter: () => take(person),
          Tab: () => take(person),
          Escape: () => setClosed(true),
        }[event.key]
      : event.key === 'Enter' && !event.shiftKey
        ? onSend
        : undefined;
    if (!act || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <div className={classes.field}>
      <textarea
        ref={field}
        className={controls.search}
        rows={2}
        maxLength={4000}
        aria-label={props.label}
        placeholder={props.label}
        aria-autocomplete="list"
        aria-controls={id}
        aria-activedescendant={offered.length > 0 ? `${id}-${String(place)}` : undefined}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
          setClosed(false);
          setActive(0);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={press}
      />
      <ul id={id} role="listbox" aria-label={t('people')} hidden={offered.length === 0}>
        {offered.map((person, at) => (
          <li
            key={person.key}
            id={`${id}-${String(at)}`}
            role="option"
            aria-selected={at === place}
            onMouseDown={(event) => {
              event.preventDefault();
              take(person);
            }}
          >
            <b>{person.word}</b> <span className={controls.dim}>{t(`side.${person.side}`)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
