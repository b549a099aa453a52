import type { Shortcut } from '@/lib/shortcuts';
import type { pages } from '@/locales/en/pages';

type Name = Exclude<keyof (typeof pages)['browse']['keys'], 'title'>;
export type BrowseShortcut = Shortcut<Name>;

type Acts = {
  readonly [
    Each in Exclude<Name, 'move' | 'ends' | 'extend' | 'say' | 'accept' | 'reject' | 'ignore'>
  ]: (() => void) | undefined;
};

/** What can be said of images where they stand, by keys as in labelling. */
export interface Say {
  readonly accept: (() => void) | undefined;
  readonly reject: () => void;
  readonly ignore: () => void;
}

/** What keys do in the list; arrows are listened to where the rows are. While images are answered
 * here, X says that of them and selects nothing. */
export function browseShortcuts(acts: Acts, say: Say | null): BrowseShortcut[] {
  return [
    { name: 'open', group: 'answer', keys: ['enter'], act: acts.open },
    ...(say ? sayShortcuts(say) : []),
    { name: 'undo', group: 'answer', keys: ['Ctrl+z'], act: acts.undo },
    { name: 'move', group: 'edit', keys: [], words: 'arrows' },
    { name: 'toggle', group: 'edit', keys: say ? [' '] : [' ', 'x'], act: acts.toggle },
    { name: 'extend', group: 'edit', keys: [], words: 'shift_arrows' },
    { name: 'all', group: 'edit', keys: ['Ctrl+a'], act: acts.all },
    { name: 'drop', group: 'edit', keys: ['escape'], act: acts.drop },
    { name: 'ends', group: 'view', keys: ['home', 'end'] },
    { name: 'filter', group: 'view', keys: ['f'], act: acts.filter },
    { name: 'view', group: 'view', keys: ['v'], act: acts.view },
    { name: 'help', group: 'beside', keys: ['?'], act: acts.help },
  ];
}

function sayShortcuts({ accept, reject, ignore }: Say): BrowseShortcut[] {
  return [
    { name: 'say', group: 'answer', keys: [], words: 'digits' },
    { name: 'accept', group: 'answer', keys: ['a'], act: accept },
    { name: 'reject', group: 'answer', keys: ['x'], act: reject },
    { name: 'ignore', group: 'answer', keys: ['u'], act: ignore },
  ];
}
