import { expect, test } from 'vitest';
import type { Conflict, ReviewTask } from '../api/reviews';
import { settledBy } from './settled';

const about = (id: string, kind: Conflict['kind'], object: number, objects?: number[]) =>
  ({ id, kind, object, params: { objects } }) as unknown as Conflict;

// A drew one box (object 0), B two (1 and 2), both of them a third thing (3).
const task = {
  conflicts: [
    about('group', 'group', 0, [1, 2]),
    ...[about('large', 'existence', 0), about('first', 'existence', 1)],
    ...[about('label', 'label', 1), about('second', 'existence', 2)],
    about('else', 'existence', 3),
  ],
  merge: {
    objects: [['A'], ['B'], ['B'], ['A', 'B']].map((who) => ({
      members: who.map((version) => ({ version })),
    })),
  },
} as unknown as ReviewTask;
const [group] = task.conflicts as [Conflict];

const settled = (version: string, decided = new Map()) =>
  settledBy(task, group, { conflict: 'group', action: 'version', version }, decided).map(
    (each) => `${String(each.conflict)} ${String(each.version)}`,
  );

test('whoever takes one box has said that the small ones are not there, and nothing is left of them', () => {
  expect(settled('A')).toEqual(['large A', 'first A', 'label A', 'second A']);
});

test('whoever takes them apart has said that they are there, but not what they are called', () => {
  expect(settled('B')).toEqual(['large B', 'first B', 'second B']);
});

test('what was decided before stays, and other words settle nothing else', () => {
  expect(settled('A', new Map([['first', {}]]))).toEqual(['large A', 'label A', 'second A']);
  const accept = { conflict: 'group', action: 'accept' } as const;
  expect(settledBy(task, group, accept, new Map())).toEqual([]);
  const lone = task.conflicts[1] as Conflict;
  const taken = { conflict: 'large', action: 'version', version: 'A' } as const;
  expect(settledBy(task, lone, taken, new Map())).toEqual([]);
});
