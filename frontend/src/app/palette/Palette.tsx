import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, matching } from './commands';
import classes from './Palette.module.css';
import { useCommands } from './useCommands';
import { usePalette } from './usePalette';

/** Leads to any page and does what can be done from anywhere, by a few letters of its name. */
export function Palette() {
  const { t } = useTranslation();
  const hide = usePalette((palette) => palette.hide);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className={classes.palette}
      aria-label={t('palette.title')}
      onClose={hide}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close();
      }}
    >
      {/* To close it gives the focus back. */}
      <Search onDone={() => dialog.current?.close()} />
    </dialog>
  );
}

function Search({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const commands = useCommands();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const found = matching(commands, typed);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onDone();
    command.run();
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) setAt((at + step + found.length) % found.length);
    else if (event.key === 'Enter') run(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        className={classes.field}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={found[at] && `${list}-${at}`}
        aria-label={t('palette.field')}
        placeholder={t('palette.field')}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <ul id={list} className={classes.list} role="listbox" aria-label={t('palette.found')}>
        {found.map((command, n) => (
          <Choice key={command.id} id={`${list}-${n}`} chosen={n === at} onRun={() => run(command)}>
            {command}
          </Choice>
        ))}
      </ul>
      {found.length === 0 && (
        <p role="status" className={classes.none}>
          {t('palette.none', { typed })}
        </p>
      )}
    </>
  );
}

function Choice(props: { id: string; chosen: boolean; onRun: () => void; children: Command }) {
  const item = useRef<HTMLLIElement>(null);
  const { chosen } = props;
  useEffect(() => {
    if (chosen) item.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <li
      ref={item}
      id={props.id}
      role="option"
      aria-selected={chosen}
      className={classes.choice}
      onClick={props.onRun}
    >
      <span>{props.children.text}</span>
      <small>{props.children.detail}</small>
    </li>
  );
}
