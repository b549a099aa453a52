import { expect, test, vi } from 'vitest';
import { Editor } from '@/canvas';
import type { Acts, Bindings } from '@/lib/bindings';
import type { Dataset, Interface } from '@/lib/datasets';
import { grouped, keyMapOf } from '@/lib/shortcuts';
import { idleShortcuts, labellingShortcuts } from './shortcuts';
import type { Work } from './store';
import { someTask } from './testing';

const KEYS = { accept: 'a', back: 'backspace', guideline: 'g', hide: 'Ctrl+h' } as Bindings;

function shortcutsOf(kind: Interface, acts: Acts = {}, keys = KEYS, blocks: object[] = []) {
  const editor = new Editor({ image: { width: 100, height: 100 }, labels: [] });
  const target = {
    dataset: { interface: kind, blocks } as unknown as Dataset,
    work: { leave: vi.fn() } as unknown as Work,
    task: someTask('t', { options: Array.from({ length: 12 }, (_, id) => ({ id, text: '' })) }),
    editor,
    choose: vi.fn(),
    help: vi.fn(),
  };
  return { ...target, shortcuts: labellingShortcuts(target, acts, keys) };
}

test.each([
  ['image_manual', ['answer', 'edit', 'view', 'beside'], ['labels', 'escape', 'arrows', 'wheel']],
  ['classification', ['answer', 'view', 'beside'], ['leave', 'wheel']],
  ['choice', ['answer', 'view', 'beside'], ['options', 'leave', 'wheel']],
  ['image', ['answer', 'view', 'beside'], ['leave', 'pan']],
  ['image_choice', ['answer', 'beside'], ['tiles', 'last_tile', 'focus', 'leave']],
] as const)('%s tells what its keys do, each thing once', (kind, groups, some) => {
  const { shortcuts } = shortcutsOf(kind, { accept: vi.fn(), guideline: vi.fn() });
  const names = shortcuts.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(grouped(shortcuts).map(({ group }) => group)).toEqual(groups);
  expect(names).toEqual(
    expect.arrayContaining(['accept', 'guideline', 'fixed.enter', 'fixed.help', 'fixed.reopen']),
  );
  expect(names).toEqual(expect.arrayContaining(some.map((name) => `fixed.${name}`)));
});

test.each(['classification', 'image', 'image_manual'] as const)(
  '%s tells what digits do where a question beside the image is marked',
  (kind) => {
    const told = (blocks: object[]) =>
      shortcutsOf(kind, {}, KEYS, blocks).shortcuts.some(({ name }) => name === 'fixed.blocks');
    expect([told([]), told([{}])]).toEqual([false, true]);
  },
);

test('without a task the panels and the keys themselves are still there', () => {
  const [guideline, help] = [vi.fn(), vi.fn()];
  const map = keyMapOf(idleShortcuts({ guideline }, KEYS, help));
  map['g']?.();
  map['?']?.();
  expect([guideline.mock.calls.length, help.mock.calls.length]).toEqual([1, 1]);
});

test('the keys beside the digits pick the last two images', () => {
  const { shortcuts, choose } = shortcutsOf('image_choice');
  const map = keyMapOf(shortcuts);
  map['-']?.();
  map['=']?.();
  expect(choose.mock.calls).toEqual([[10], [11]]);
});

test('Backspace keeps what somebody has given it to while nothing is selected', () => {
  const [back, flag] = [vi.fn(), vi.fn()];
  keyMapOf(shortcutsOf('image_manual', { back, flag }).shortcuts)['backspace']?.();
  expect(back).toHaveBeenCalledOnce();
  const keys = { back: 'y', flag: 'backspace' } as Bindings;
  keyMapOf(shortcutsOf('image_manual', { back, flag }, keys).shortcuts)['backspace']?.();
  expect(flag).toHaveBeenCalledOnce();
});

test('the keys of panels are told here and pressed there', () => {
  const map = keyMapOf(shortcutsOf('choice').shortcuts);
  expect(map['arrowdown']).toBeUndefined();
  expect(map['enter']).toBeUndefined();
});
