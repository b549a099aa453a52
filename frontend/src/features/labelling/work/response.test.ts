import { expect, test } from 'vitest';
import { startOf, toggled } from './response';

test('a single choice replaces, and a second press clears it', () => {
  expect(toggled([], 'a', 'single')).toEqual(['a']);
  expect(toggled(['a'], 'b', 'single')).toEqual(['b']);
  expect(toggled(['a'], 'a', 'single')).toEqual([]);
});

test('1 and "1" are two options, and 0 is one', () => {
  expect(toggled([1], '1', 'multiple')).toEqual([1, '1']);
  expect(toggled([1, '1', 0], 0, 'multiple')).toEqual([1, '1']);
});

test('a draft comes before what was suggested', () => {
  const task = { spans: [{ label: 'cat' }], suggestions: [], draft: null } as never;
  expect(startOf(task)).toEqual({ spans: [{ label: 'cat' }], accept: [] });
  const draft = { spans: [], accept: [] };
  expect(startOf({ spans: [{ label: 'cat' }], suggestions: [], draft } as never)).toBe(draft);
});

test('the newest suggestion says which options are picked at the start', () => {
  const suggestions = [{ accept: [1] }, { accept: ['1'], spans: [] }];
  const task = { spans: [], suggestions, draft: null } as never;
  expect(startOf(task).accept).toEqual(['1']);
});
