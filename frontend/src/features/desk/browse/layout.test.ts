import { expect, test } from 'vitest';
import { cellsOf, lineOf, placeAfter } from './layout';

const ROWS = ['a', 'b', 'c', 'd', 'e'];

test('from the start the last line is short, from the end the first', () => {
  expect(cellsOf(ROWS, 1, 3, 'start')).toEqual(['d', 'e', null]);
  expect(cellsOf(ROWS, 0, 3, 'end')).toEqual([null, 'a', 'b']);
  expect(cellsOf(ROWS, 1, 3, 'end')).toEqual(['c', 'd', 'e']);
  expect(cellsOf(ROWS, 2, 3, 'start')).toBeNull();
});

test('rows that come before leave those after them in their lines', () => {
  const more = ['x', 'y', 'z', ...ROWS];
  expect(cellsOf(more, 2, 3, 'end')).toEqual(['c', 'd', 'e']);
  expect(lineOf(more.indexOf('c'), more.length, 3, 'end')).toBe(2);
  expect(lineOf(3, ROWS.length, 3, 'start')).toBe(1);
});

test('keys lead no further than the rows', () => {
  const after = (key: string, place: number) => placeAfter(key, place, 10, 4, 2);
  expect(after('ArrowRight', 9)).toBe(9);
  expect(after('ArrowDown', 3)).toBe(7);
  expect(after('ArrowDown', 7)).toBe(9);
  expect(after('ArrowUp', 2)).toBe(2);
  expect(after('PageUp', 6)).toBe(2);
  expect(after('PageDown', 1)).toBe(9);
  expect(after('ArrowDown', -1)).toBe(0);
  expect(after('Enter', 1)).toBeNull();
});
