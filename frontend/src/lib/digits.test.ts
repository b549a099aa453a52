import { expect, test } from 'vitest';
import { keyOfPlace, placeOfDigit } from './digits';

test('digits count from 1 to 9, then 0; Shift adds ten, Shift Alt twenty', () => {
  const press = (code: string, shiftKey = false, altKey = false) =>
    placeOfDigit({ code, shiftKey, altKey });
  expect([press('Digit1'), press('Digit9'), press('Digit0'), press('Numpad3')]).toEqual([
    0, 8, 9, 2,
  ]);
  expect([press('Digit1', true), press('Digit1', true, true)]).toEqual([10, 20]);
  expect(press('KeyA')).toBeNull();
});

test('the key beside a thing is the one that finds it', () => {
  expect([0, 8, 9, 10, 19, 20, 29, 30].map(keyOfPlace)).toEqual([
    '1',
    '9',
    '0',
    '⇧1',
    '⇧0',
    '⇧⌥1',
    '⇧⌥0',
    '',
  ]);
});
