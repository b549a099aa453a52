import { expect, test } from 'vitest';
import { Presses } from './presses';

test('the second half of a double press is no answer', () => {
  const presses = new Presses();
  expect(presses.mayAnswer(0)).toBe(true);
  presses.answer(0, { byPick: false });
  expect([presses.mayAnswer(199), presses.mayPick(199)]).toEqual([false, false]);
  expect([presses.mayAnswer(200), presses.mayPick(200)]).toEqual([true, true]);
});

test('after a pick that answered, the next pick has to wait longer', () => {
  const presses = new Presses();
  presses.answer(1000, { byPick: true });
  expect([presses.mayAnswer(1200), presses.mayPick(1200)]).toEqual([true, false]);
  expect([presses.mayPick(1499), presses.mayPick(1500)]).toEqual([false, true]);
});
