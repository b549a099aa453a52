import { expect, test } from 'vitest';
import { numberIn, shortNumber } from './number';

test.each([
  ['12', 12],
  [' 12.5 ', 12.5],
  ['12,5', 12.5],
  ['-3', -3],
  ['+.5', 0.5],
  ['7.', 7],
  ['007', 7],
])('%j is a number', (text, value) => {
  expect(numberIn(text)).toBe(value);
});

test.each([
  '',
  ' ',
  '.',
  '-',
  '12px',
  '1e5',
  '0x10',
  'NaN',
  'Infinity',
  '1,000.5',
  '1 2',
  '٣',
  '<b>1</b>',
  '9'.repeat(400),
  'null',
])('%j is none', (text) => {
  expect(numberIn(text)).toBeNull();
});

test('a number is shown as short as it is exact to a hundredth', () => {
  expect([10, 10.5, 10.125, 1 / 3, 99.999].map(shortNumber)).toEqual([
    '10',
    '10.5',
    '10.13',
    '0.33',
    '100',
  ]);
});
