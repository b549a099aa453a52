import { expect, test } from 'vitest';
import { keyPressed } from './keyPressed';

const press = (key: string, code: string, held: Partial<KeyboardEvent> = {}) =>
  keyPressed({ key, code, ctrlKey: false, metaKey: false, shiftKey: false, ...held });

test('a letter is the one that is printed on the key', () => {
  expect(press('q', 'KeyA')).toBe('q');
  expect(press('Ö', 'Semicolon', { shiftKey: true })).toBe('Shift+ö');
  expect(press('y', 'KeyZ', { metaKey: true })).toBe('Ctrl+y');
  expect(press('Escape', 'Escape')).toBe('escape');
});

test('a key of the digits is its digit, with Shift and on every layout', () => {
  expect(press('é', 'Digit2')).toBe('2');
  expect(press('!', 'Digit1', { shiftKey: true })).toBe('1');
  expect(press('0', 'Numpad0')).toBe('0');
});

test('what is only held, or half a character, is no key', () => {
  expect(press('Shift', 'ShiftLeft', { shiftKey: true })).toBeNull();
  expect(press('Dead', 'BracketLeft')).toBeNull();
});
