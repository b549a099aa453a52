import { expect, test } from 'vitest';
import type { ReviewTask } from '../api/reviews';
import { pickedSoFar } from './picks';

const task = {
  merge: { accept: ['a', 'b'] },
  versions: [
    { key: 'A', accept: ['a', 'c'] },
    { key: 'B', accept: ['a', 'b'] },
  ],
  conflicts: [
    { id: '1', option: 'b' },
    { id: '2', option: 'c' },
  ],
} as unknown as ReviewTask;

test('what nobody has ruled on stays as proposed', () => {
  expect(pickedSoFar(task, new Map())).toEqual(['a', 'b']);
  expect(pickedSoFar(task, new Map([['1', { conflict: '1', action: 'accept' }]]))).toEqual([
    'a',
    'b',
  ]);
});

test('a version that holds says of its tile whether it is picked', () => {
  const decided = new Map([
    ['1', { conflict: '1', action: 'version' as const, version: 'A' }],
    ['2', { conflict: '2', action: 'version' as const, version: 'A' }],
  ]);
  expect(pickedSoFar(task, decided)).toEqual(['a', 'c']);
});
