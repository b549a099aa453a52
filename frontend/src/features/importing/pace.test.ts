import { expect, test } from 'vitest';
import { paceOf, watched } from './pace';

test('rows per second and the seconds that are left', () => {
  const samples = [
    { at: 0, through: 100 },
    { at: 2000, through: 150 },
    { at: 4000, through: 200 },
  ];
  expect(paceOf(samples, 1000)).toEqual({ rate: 25, left: 32 });
  expect(paceOf(samples, null)).toEqual({ rate: 25, left: null });
});

test('nothing is said too early, nor of what stands still', () => {
  expect(paceOf([], 10)).toBeNull();
  const early = [
    { at: 0, through: 0 },
    { at: 2999, through: 500 },
  ];
  expect(paceOf(early, 1000)).toBeNull();
  const still = [
    { at: 0, through: 5 },
    { at: 9000, through: 5 },
  ];
  expect(paceOf(still, 1000)).toEqual({ rate: 0, left: null });
});

test('what is half a minute old does not count any more', () => {
  const samples = [
    { at: 0, through: 0 },
    { at: 1, through: 1 },
  ];
  expect(watched(samples, { at: 30_000, through: 9 }).map(({ at }) => at)).toEqual([1, 30_000]);
});
