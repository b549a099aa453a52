import { bound } from '@/lib/bindings';
import type { Acts, Bindings } from '@/lib/bindings';
import type { Shortcut } from '@/lib/shortcuts';
import type { pages } from '@/locales/en/pages';
import type { Grid } from './store';

type Name = Exclude<keyof (typeof pages)['reviewing']['grid']['keys'], 'title'>;
export type GridShortcut = Shortcut<Name>;

/** What keys do in the grid; arrows and digits are listened to where the tiles are. */
export function gridShortcuts(
  grid: Grid,
  showKeys: () => void,
  beside: Acts,
  keys: Bindings,
): GridShortcut[] {
  const guideline = Object.keys(bound(beside, keys));
  return [
    { name: 'accept', group: 'answer', keys: ['enter', 'a'], act: () => grid.accept() },
    { name: 'take', group: 'answer', keys: [], words: 'digits' },
    { name: 'delete', group: 'answer', keys: ['delete', 'x'], act: () => grid.delete() },
    { name: 'undo', group: 'answer', keys: ['Ctrl+z'], act: () => grid.undo() },
    { name: 'redo', group: 'answer', keys: ['Ctrl+Shift+z'], act: () => grid.redo() },
    { name: 'move', group: 'edit', keys: [], words: 'arrows' },
    { name: 'toggle', group: 'edit', keys: [' '], act: () => grid.toggle() },
    { name: 'extend', group: 'edit', keys: [], words: 'shift_arrows' },
    { name: 'all', group: 'edit', keys: ['Ctrl+a'], act: () => grid.all() },
    { name: 'drop', group: 'edit', keys: ['escape'], act: () => grid.drop() },
    { name: 'next', group: 'view', keys: ['n', 'pagedown'], act: () => void grid.next() },
    { name: 'guideline', group: 'beside', keys: guideline, act: beside.guideline },
    { name: 'help', group: 'beside', keys: ['?'], act: showKeys },
  ];
}
