import { expect, test } from 'vitest';
import type { Conflict, ReviewTask } from '../api/reviews';
import { authorsOf, returnDecisions, usualFault } from './sendingBack';

const version = (key: string, label?: string, late = false) => ({
  key,
  late,
  spans: label === undefined ? [] : [{ id: `of ${key}`, label }],
});

/** A and B drew a stop, C a yield; D drew nothing, E came late. */
const task = {
  versions: [
    version('A', 'stop'),
    version('B', 'stop'),
    version('C', 'yield'),
    version('D'),
  ].concat(version('E', 'stop', true)),
  merge: {
    objects: [
      {
        label: 'stop',
        members: ['A', 'B', 'C'].map((key) => ({ version: key, span_id: `of ${key}` })),
      },
      { label: null, members: [] },
    ],
  },
} as unknown as ReviewTask;
const about = (object: number | null, kind = 'label') =>
  ({ id: 'c', kind, object }) as unknown as Conflict;

test('a fault is in the answers of those whom the conflict names', () => {
  expect(authorsOf(task, about(0), 'label')).toEqual(['C']);
  expect(authorsOf(task, about(0), 'missing')).toEqual(['D']);
  expect(authorsOf(task, about(0), 'loose')).toEqual(['A', 'B', 'C']);
});

test('where the conflict names nobody it is in all that count', () => {
  const all = ['A', 'B', 'C', 'D'];
  expect(authorsOf(task, undefined, 'missing')).toEqual(all);
  expect(authorsOf(task, about(null, 'answer'), 'label')).toEqual(all);
  expect(authorsOf(task, about(1), 'extra')).toEqual(all);
});

test('one remark is for everybody, or one for each', () => {
  const what = { fault: 'loose', words: '', region: null } as const;
  const to = (...keys: string[]) =>
    returnDecisions(task, about(0), { ...what, to: keys }).map((each) => each.version);
  expect(to('A', 'C')).toEqual(['A', 'C']);
  expect(to('A', 'B', 'C', 'D')).toEqual([null]);
  expect(usualFault(about(0, 'extent'))).toBe('loose');
  expect(usualFault(undefined)).toBe(null);
});
