import { expect, test } from 'vitest';
import type { ReviewTask } from '../api/reviews';
import { pickedSoFar, saidSoFar } from './picks';

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

const asked = {
  merge: { attributes: { sky: null, things: ['car'], note: ['dry'] } },
  versions: [
    { key: 'A', attributes: { sky: 'sun', things: ['car', 'van'] } },
    { key: 'B', attributes: { sky: 'rain', note: 'wet' } },
  ],
  conflicts: [
    { id: '1', block: 'sky', option: null },
    { id: '2', block: 'things', option: 'van' },
    { id: '3', block: 'things', option: 'car' },
    { id: '4', block: 'note', option: null },
  ],
} as unknown as ReviewTask;

const by = (version: string, ...ids: string[]) =>
  new Map(ids.map((id) => [id, { conflict: id, action: 'version' as const, version }]));

test('a question beside the image is tied until a version holds', () => {
  expect(saidSoFar(asked, new Map(), 'sky')).toBeNull();
  expect(saidSoFar(asked, by('B', '1'), 'sky')).toEqual(['rain']);
  expect(saidSoFar(asked, by('A', '4'), 'note')).toEqual([]);
});

test('of several options each is said or not as its version has it', () => {
  expect(saidSoFar(asked, by('A', '2'), 'things')).toEqual(['car', 'van']);
  expect(saidSoFar(asked, by('B', '3'), 'things')).toEqual([]);
});
