import { i18next } from './i18n';
import { useMe } from './me';
import type { KeyMap } from './useKeys';
import type { Wire } from './wire';

/** The key of every action, by its name in a KeyMap; empty where an action has none. */
export type Bindings = Wire<'Preferences'>['keys'];
export type KeyAction = keyof Bindings;

/** What a page can do by keys that people may choose. */
export type Acts = { readonly [Action in KeyAction]?: () => void };

/** The keys of who is logged in. */
export function useBindings(): Bindings {
  return useMe().preferences.keys;
}

/** The acts by their keys. */
export function bound(acts: Acts, keys: Bindings): KeyMap {
  return Object.fromEntries(
    actionsOf(acts)
      .filter((action) => keys[action] !== '')
      .map((action) => [keys[action], acts[action]]),
  );
}

export function actionsOf(acts: Acts): KeyAction[] {
  return Object.keys(acts) as KeyAction[];
}

/** The name under which the release of a key is told: "up h" for "Ctrl+h". */
export function released(key: string): string {
  return `up ${partsOf(key).name}`;
}

/** Who else has this key. */
export function holderOf(key: string, keys: Bindings, except: KeyAction): KeyAction | undefined {
  const actions = Object.keys(keys) as KeyAction[];
  return actions.find((action) => action !== except && keys[action] === key);
}

/** A key in words: Ctrl Shift Z. */
export function keyWords(key: string): string {
  const { ctrl, shift, name } = partsOf(key);
  return [ctrl && 'Ctrl', shift && 'Shift', word(name)].filter(Boolean).join(' ');
}

/** A key in as little room as it can be: ⇧S. */
export function keySign(key: string): string {
  const { ctrl, shift, name } = partsOf(key);
  return `${ctrl ? 'Ctrl ' : ''}${shift ? '⇧' : ''}${SIGNS[name] ?? word(name)}`;
}

/** What a button does, and its key. */
export function withKey(name: string, key: string): string {
  return key === '' ? name : `${name} (${keyWords(key)})`;
}

const SIGNS: Readonly<Record<string, string>> = { ' ': '␣', backspace: '⌫', delete: '⌦' };
const ARROWS: Readonly<Record<string, string>> = { arrowup: '↑', arrowdown: '↓' };

function partsOf(key: string) {
  const [, ctrl, shift, name = ''] = /^(Ctrl\+)?(Shift\+)?(.*)$/s.exec(key) ?? [];
  return { ctrl, shift, name };
}

function word(name: string): string {
  if (name === ' ') return i18next.t('key.space');
  return ARROWS[name] ?? name.charAt(0).toUpperCase() + name.slice(1);
}
