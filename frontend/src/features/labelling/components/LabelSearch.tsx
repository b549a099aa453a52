import { useId, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import { foundLabels } from '../work/labels';
import { keepInSight } from './keepInSight';
import type { LabelRowsProps } from './LabelRows';
import { LabelSwatch } from './LabelSwatch';
import classes from './LabelPanel.module.css';

interface Props extends LabelRowsProps {
  /** Names, the last used first. */
  used: readonly string[];
  /** Whether the canvas gets the focus back, which nothing else has taken. */
  onClose: (goBack: boolean) => void;
}

/** Finds a label by its name or its short text; arrows go through what is found, Enter takes it. */
export function LabelSearch({ rows, current, used, onTake, onClose }: Props) {
  const { t } = useTranslation('labelling');
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const found = foundLabels(rows, search, used);
  const marked = found[at];

  // At once: what is typed next must not be taken for keys of the page.
  useLayoutEffect(() => input.current?.focus({ preventScroll: true }), []);
  useLayoutEffect(() => {
    keepInSight(list.current, '[aria-selected="true"]');
  }, [at, search]);

  const take = (name: string | undefined) => {
    if (name === undefined) return;
    onTake(name);
    onClose(true);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((at + step + found.length) % Math.max(found.length, 1));
    else if (event.key === 'Enter') take(marked?.name);
    else if (event.key === 'Escape') onClose(true);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        ref={input}
        className={`${controls.search} ${classes.search}`}
        type="text"
        role="combobox"
        aria-label={t('searchLabels')}
        placeholder={t('searchLabels')}
        aria-expanded
        aria-autocomplete="list"
        aria-controls={id}
        aria-activedescendant={marked && `${id}-${marked.id}`}
        autoComplete="off"
        spellCheck={false}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
        onBlur={() => {
          onClose(false);
        }}
      />
      <ul
        ref={list}
        id={id}
        className={`${controls.rows} ${classes.rows}`}
        role="listbox"
        aria-label={t('labels')}
      >
        {found.map(({ id: label, name, key, style, only }) => (
          <li
            key={label}
            id={`${id}-${label}`}
            className={controls.row}
            role="option"
            aria-selected={label === marked?.id}
            aria-disabled={only !== ''}
            data-current={name === current}
            // The field keeps the focus until something is taken.
            onMouseDown={(event) => {
              event.preventDefault();
            }}
            onClick={() => {
              take(name);
            }}
          >
            <kbd>{key}</kbd>
            <LabelSwatch style={style} />
            <span className={controls.grow}>{name}</span>
            {only && <span className={controls.dim}>{only}</span>}
          </li>
        ))}
      </ul>
      <p className={found.length > 0 ? 'unseen' : controls.line} role="status">
        {search.trim() !== '' && t('labelsFound', { count: found.length, search: search.trim() })}
      </p>
    </>
  );
}
