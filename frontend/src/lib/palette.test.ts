import { expect, test } from 'vitest';
import series from '../../../tests/unit/datasets/colour_cases.json';
import { digitKey, inkOn, labelColour } from './palette';

test('colours are those that the server gives', () => {
  expect(series.map((_, n) => labelColour(n))).toEqual(series);
});

test('keys run 1 to 9, then 0', () => {
  expect([0, 8, 9, 10].map(digitKey)).toEqual(['1', '9', '0', '']);
});

test('ink is the one with more contrast', () => {
  expect(inkOn('#f0e442')).toBe('#000000');
  expect(inkOn('#0072b2')).toBe('#ffffff');
});
