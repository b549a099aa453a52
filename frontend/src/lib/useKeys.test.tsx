import { fireEvent, render } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { placeOfDigit } from './digits';
import { useKeys } from './useKeys';

test('a sign that lies above a digit is the sign where it means something, else the digit', () => {
  const search = vi.fn();
  const digit = vi.fn((event: KeyboardEvent) => placeOfDigit(event) !== null);
  function Keys() {
    useKeys({ '/': search }, digit);
    return null;
  }
  render(<Keys />);
  // Shift and 7, on a German keyboard and on an American one.
  fireEvent.keyDown(document.body, { key: '/', code: 'Digit7', shiftKey: true });
  expect([search.mock.calls.length, digit.mock.calls.length]).toEqual([1, 0]);
  fireEvent.keyDown(document.body, { key: '&', code: 'Digit7', shiftKey: true });
  expect([search.mock.calls.length, digit.mock.calls.length]).toEqual([1, 1]);
});
