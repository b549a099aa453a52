import { expect, test } from 'vitest';
import { choose, drop, extend, goTo, inHand, NOTHING, stay, toggle } from './selection';

const IDS = ['a', 'b', 'c', 'd', 'e'];

test('a range reaches from where it began, and shrinks again', () => {
  const begun = goTo(NOTHING, 'b');
  const wide = extend(IDS, begun, 'e');
  expect([...wide.chosen]).toEqual(['b', 'c', 'd', 'e']);
  expect([...extend(IDS, wide, 'c').chosen]).toEqual(['b', 'c']);
  expect([...extend(IDS, wide, 'a').chosen].sort()).toEqual(['a', 'b']);
});

test('a range keeps what was selected before it', () => {
  const one = toggle(NOTHING, 'a');
  const range = extend(IDS, goTo(one, 'c'), 'd');
  expect([...range.chosen].sort()).toEqual(['a', 'c', 'd']);
  expect([...toggle(range, 'c').chosen].sort()).toEqual(['a', 'd']);
});

test('rows that come before do not move a range', () => {
  const begun = goTo(NOTHING, 'a');
  expect([...extend(['x', 'y', ...IDS], begun, 'b').chosen]).toEqual(['a', 'b']);
});

test('without a beginning, or where that is gone, a range begins where it ends', () => {
  expect([...extend(IDS, NOTHING, 'c').chosen]).toEqual(['c']);
  expect([...extend(IDS, goTo(NOTHING, 'gone'), 'c').chosen]).toEqual(['c']);
});

test('everything that matches is selected until one is taken out', () => {
  const all = { ...choose(NOTHING, IDS), all: true };
  expect(toggle(all, 'a').all).toBe(false);
  expect(toggle(all, 'a').chosen.size).toBe(4);
  expect(drop(all)).toMatchObject({ all: false, chosen: new Set() });
});

test('in hand is what is selected, or else what is in focus', () => {
  expect(inHand(NOTHING)).toEqual([]);
  expect(inHand(goTo(NOTHING, 'b'))).toEqual(['b']);
  expect(inHand(goTo(toggle(NOTHING, 'a'), 'b'))).toEqual(['a']);
});

test('where the row in focus has left the list, its place has the focus', () => {
  const on = goTo(NOTHING, 'c');
  expect(stay(on, IDS, ['a', 'c', 'd'])).toBe(on);
  expect(stay(on, IDS, ['a', 'b', 'd', 'e']).focus).toBe('d');
  expect(stay(on, IDS, ['a', 'b']).focus).toBe('b');
  expect(stay(on, ['x'], ['a', 'b']).focus).toBeNull();
  expect(stay(on, IDS, [])).toBe(on);
});
