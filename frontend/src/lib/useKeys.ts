import { useEffect, useRef } from 'react';

/** A key by its name as in KeyboardEvent.key, in lower case, with `Ctrl+` and `Shift+` in front. */
export type KeyMap = Readonly<Record<string, (() => void) | undefined>>;

export type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** Fields and buttons keep their own keys, and so does what opens over the page. */
const KEEPS_KEYS =
  'input, textarea, select, [contenteditable="true"], dialog, [role="dialog"], [role="menu"]';
const KEEPS_PRESS = `${KEEPS_KEYS}, button, a, summary`;

/**
 * Keys of the whole page; what the focused canvas takes does not arrive here. `digit` gets every
 * press of a digit. A key that is held down acts once. Space acts when it is let go.
 */
export function useKeys(keys: KeyMap, digit?: (event: KeyboardEvent) => boolean): void {
  const latest = useRef({ keys, digit });
  useEffect(() => {
    latest.current = { keys, digit };
  });

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.repeat || event.key === ' ' || keeps(event)) return;
      // On many keyboards / lies above a digit; what a press writes comes before where it lies.
      const sign = event.shiftKey && latest.current.keys[nameOf(event)] !== undefined;
      if (!sign && !event.ctrlKey && !event.metaKey && latest.current.digit?.(event)) {
        event.preventDefault();
        return;
      }
      run(latest.current.keys, nameOf(event), event);
    };
    const release = (event: KeyboardEvent) => {
      if (event.key === ' ' && !keeps(event)) run(latest.current.keys, ' ', event);
      run(latest.current.keys, `up ${event.key.toLowerCase()}`, event);
    };
    window.addEventListener('keydown', press);
    window.addEventListener('keyup', release);
    return () => {
      window.removeEventListener('keydown', press);
      window.removeEventListener('keyup', release);
    };
  }, []);
}

function run(keys: KeyMap, name: string, event: KeyboardEvent): void {
  const act = keys[name];
  if (!act) return;
  event.preventDefault();
  act();
}

/** What a press is called in a KeyMap. */
export function nameOf(event: Press): string {
  const ctrl = event.ctrlKey || event.metaKey ? 'Ctrl+' : '';
  const letter = event.key.length === 1 && event.key.toLowerCase() !== event.key.toUpperCase();
  const shift = event.shiftKey && (letter || event.key.length > 1) ? 'Shift+' : '';
  return ctrl + shift + event.key.toLowerCase();
}

function keeps(event: KeyboardEvent): boolean {
  const own = event.key === 'Enter' || event.key === ' ' ? KEEPS_PRESS : KEEPS_KEYS;
  return event.target instanceof Element && event.target.closest(own) !== null;
}
