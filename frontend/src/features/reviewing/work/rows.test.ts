import { expect, test } from 'vitest';
import type { Conflict, ReviewTask } from '../api/reviews';
import { decisionAt, rowsOf } from './rows';

const version = (key: string, accept: (string | number)[], answer = 'accept', late = false) => ({
  key,
  answer,
  accept,
  late,
  spans: [],
  attributes: {},
});
const task = (accept: (string | number)[] | null, ...versions: ReturnType<typeof version>[]) =>
  ({
    options: [
      { id: 1, text: 'Cat' },
      { id: '1', text: 'Dog' },
    ],
    merge: { accept, answer: 'accept', objects: [], attributes: {} },
    versions,
  }) as unknown as ReviewTask;
const conflict = (more: Partial<Conflict> = {}) =>
  ({ id: 'c', kind: 'label', object: null, option: null, block: null, ...more }) as Conflict;

test('all options have a row in the order in which they were offered, and so has none of them', () => {
  const rows = rowsOf(task(['1'], version('A', ['1']), version('B', [])), conflict());
  expect(rows?.map(({ text, word, by, proposed }) => [text ?? word, by, proposed])).toEqual([
    ['Cat', [], false],
    ['Dog', ['A'], true],
    ['option []', ['B'], false],
  ]);
  expect(decisionAt(task(['1'], version('A', ['1'])), conflict(), 1)).toEqual({
    conflict: 'c',
    action: 'label',
    option: 1,
  });
});

test('an option among several is picked or not', () => {
  const some = task([1], version('A', [1]), version('B', ['1']), version('C', [1], 'accept', true));
  const rows = rowsOf(some, conflict({ option: 1 }));
  expect(rows?.map(({ word, by, proposed }) => [word, by, proposed])).toEqual([
    ['picked', ['A'], true],
    ['left', ['B'], false],
  ]);
  expect(rows?.map(({ decision }) => decision)).toEqual([
    { conflict: 'c', action: 'version', version: 'A' },
    { conflict: 'c', action: 'delete' },
  ]);
});

test('an answer is one of those that were given', () => {
  const some = task(null, version('A', []), version('B', [], 'reject'));
  const rows = rowsOf(some, conflict({ kind: 'answer' }));
  expect(rows?.map(({ word, by }) => [word, by])).toEqual([
    ['answer accept', ['A']],
    ['answer reject', ['B']],
  ]);
  expect(decisionAt(some, conflict({ kind: 'answer' }), 2)?.version).toBe('B');
});

test('an object, and what was said beside the image, have the choices of the server', () => {
  const choices = [{ n: 1, kind: 'version' as const, text: 'A · drawn', version: 'A' }];
  for (const more of [{ object: 0 }, { block: 'when' }]) {
    expect(rowsOf(task(null), conflict({ ...more, choices }))).toBeNull();
    expect(decisionAt(task(null), conflict({ ...more, choices }), 1)?.version).toBe('A');
  }
});
