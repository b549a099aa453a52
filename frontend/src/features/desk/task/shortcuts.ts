import type { Shortcut } from '@/lib/shortcuts';
import type { pages } from '@/locales/en/pages';

type Name = Exclude<keyof (typeof pages)['story']['keys'], 'title'>;
export type TaskShortcut = Shortcut<Name>;

type Acts = { readonly [Each in Name]: (() => void) | undefined };

/** What keys do on a task's page; the canvas has its own once it is focused. */
export function taskShortcuts(acts: Acts): TaskShortcut[] {
  return [
    { name: 'next', group: 'view', keys: ['j'], act: acts.next },
    { name: 'previous', group: 'view', keys: ['k'], act: acts.previous },
    { name: 'show', group: 'view', keys: ['v'], act: acts.show },
    { name: 'fit', group: 'view', keys: ['f'], act: acts.fit },
    { name: 'back', group: 'beside', keys: ['escape', 'u'], act: acts.back },
    { name: 'help', group: 'beside', keys: ['?'], act: acts.help },
  ];
}
