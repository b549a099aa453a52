import { expect, test, vi } from 'vitest';
import type { Bindings } from './bindings';
import { chosenShortcuts, grouped, keyMapOf } from './shortcuts';
import type { KeyGroup } from './shortcuts';

const keys = { accept: 'j', reject: '' } as Bindings;
const groups = { accept: 'answer', reject: 'answer' } as Record<keyof Bindings, KeyGroup>;

test('a press does the act of its shortcut, the later of two with one key', () => {
  const [accept, enter, late] = [vi.fn(), vi.fn(), vi.fn()];
  const map = keyMapOf([
    ...chosenShortcuts({ accept, reject: vi.fn() }, keys, groups),
    { name: 'enter', group: 'answer', keys: ['enter', 'return'], act: enter },
    { name: 'wheel', group: 'view', keys: [] },
    { name: 'late', group: 'view', keys: ['j'], act: late },
  ]);
  expect(map).toEqual({ j: late, enter, return: enter });
});

test('what holds while a key is down ends when it is let go', () => {
  const [hide, show] = [vi.fn(), vi.fn()];
  expect(
    keyMapOf([
      { name: 'hide', group: 'view', keys: ['Ctrl+h'], act: hide, release: show },
      { name: 'alone', group: 'view', keys: ['alt'], release: show },
    ]),
  ).toEqual({ 'Ctrl+h': hide, 'up h': show, 'up alt': show });
});

test('what has no key is told all the same, in its group and in the order of the groups', () => {
  const told = grouped([
    { name: 'wheel', group: 'view' as const },
    ...chosenShortcuts({ accept: vi.fn(), reject: vi.fn() }, keys, groups),
  ]);
  expect(told.map(({ group, shortcuts }) => [group, shortcuts.map(({ name }) => name)])).toEqual([
    ['answer', ['accept', 'reject']],
    ['view', ['wheel']],
  ]);
});
