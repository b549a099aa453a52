import { expect, test } from 'vitest';
import { digitKey, inkOn, labelColour } from './palette';

test('starts with Okabe and Ito, then goes on without end and without repeats', () => {
  expect(labelColour(0)).toBe('#e69f00');
  expect(labelColour(4)).toBe('#0072b2');
  const colours = Array.from({ length: 40 }, (_, n) => labelColour(n));
  expect(new Set(colours).size).toBe(40);
  colours.forEach((colour) => expect(colour).toMatch(/^#[0-9a-f]{6}$/));
});

test('keys run 1 to 9, then 0', () => {
  expect([0, 8, 9, 10].map(digitKey)).toEqual(['1', '9', '0', '']);
});

test('ink is the one with more contrast', () => {
  expect(inkOn('#f0e442')).toBe('#000000');
  expect(inkOn('#0072b2')).toBe('#ffffff');
});
