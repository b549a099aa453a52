import type { en } from '@/locales/en';
import { actionsOf, released } from './bindings';
import type { Acts, Bindings, KeyAction } from './bindings';
import type { KeyMap } from './useKeys';

/** What keys are for, in the order in which they are told. */
export const KEY_GROUPS = ['answer', 'edit', 'view', 'beside'] as const;
export type KeyGroup = (typeof KEY_GROUPS)[number];

/**
 * One thing that keys do on a page. From a list of these come both what a press does and what people
 * are told of it, so neither can leave out what the other has.
 */
export interface Shortcut<Name extends string = string> {
  /** What it is called among the words of its page. */
  readonly name: Name;
  readonly group: KeyGroup;
  /** By their names in a KeyMap. */
  readonly keys: readonly string[];
  /** How the keys are called where their names do not tell. */
  readonly words?: keyof (typeof en)['shell']['keyWords'];
  /** None where something else than the page listens, such as the canvas. */
  readonly act?: (() => void) | undefined;
  /** When the keys are let go. */
  readonly release?: () => void;
  /** Whose key people may choose. */
  readonly action?: KeyAction;
}

/** What the presses do; of two with the same key the later one. */
export function keyMapOf(shortcuts: readonly Shortcut[]): KeyMap {
  return Object.fromEntries(
    shortcuts.flatMap(({ keys, act, release }) =>
      keys.flatMap((key) => [
        ...(act ? [[key, act] as const] : []),
        ...(release ? [[released(key), release] as const] : []),
      ]),
    ),
  );
}

/** The acts whose keys people may choose. */
export function chosenShortcuts(
  acts: Acts,
  keys: Bindings,
  groupOf: Readonly<Record<KeyAction, KeyGroup>>,
): Shortcut<KeyAction>[] {
  return actionsOf(acts).map((action) => ({
    name: action,
    group: groupOf[action],
    keys: keys[action] === '' ? [] : [keys[action]],
    act: acts[action],
    action,
  }));
}

/** What the canvas listens to itself. */
export function canvasShortcuts(keys: readonly ('arrows' | 'tab' | 'wheel' | 'pan')[]) {
  return keys.map((key) => ({
    name: `fixed.${key}` as const,
    group: key === 'wheel' || key === 'pan' ? ('view' as const) : ('edit' as const),
    keys: [],
    words: key,
  }));
}

/** The shortcuts by what they are for; without the groups that have none. */
export function grouped<Each extends Pick<Shortcut, 'group'>>(
  shortcuts: readonly Each[],
): { group: KeyGroup; shortcuts: Each[] }[] {
  return KEY_GROUPS.map((group) => ({
    group,
    shortcuts: shortcuts.filter((each) => each.group === group),
  })).filter(({ shortcuts: some }) => some.length > 0);
}
