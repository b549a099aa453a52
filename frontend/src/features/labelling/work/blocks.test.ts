import { expect, test } from 'vitest';
import { afterPick, nextMarked, openBlocks, pickedIn } from './blocks';
import type { Block } from './blocks';

const OPTIONS = [0, -1, '1', 1].map((id) => ({ id, text: String(id) }));
const ONE: Block = { id: 'one', type: 'choice', title: 'One', options: OPTIONS, required: true };
const SOME: Block = { id: 'some', type: 'choice', title: 'Some', options: OPTIONS, multiple: true };
const NOTE: Block = { id: 'note', type: 'text', title: 'Note', required: true };

test('a pick replaces or joins, and is taken back by the next', () => {
  expect(afterPick(ONE, {}, 0)).toBe(0);
  expect(afterPick(ONE, { one: 0 }, '1')).toBe('1');
  expect(afterPick(ONE, { one: '1' }, 1)).toBe(1);
  expect(afterPick(ONE, { one: 0 }, 0)).toBeUndefined();
  expect(afterPick(SOME, { some: ['1'] }, 1)).toEqual(['1', 1]);
  expect(afterPick(SOME, { some: [0] }, 0)).toBeUndefined();
});

test('zero is a pick', () => {
  expect(pickedIn(ONE, { one: 0 })).toEqual([0]);
  expect(pickedIn(ONE, {})).toEqual([]);
});

test('the mark goes from block to block, then to the picture or round', () => {
  const blocks = [ONE, NOTE];
  expect(nextMarked(blocks, null, { round: false })).toBe(ONE);
  expect(nextMarked(blocks, ONE, { round: false })).toBe(NOTE);
  expect(nextMarked(blocks, NOTE, { round: false })).toBeNull();
  expect(nextMarked(blocks, NOTE, { round: true })).toBe(ONE);
});

test('what is needed and open stands in the way', () => {
  const details = (said: object) => openBlocks([ONE, SOME, NOTE], { ...said }).map((b) => b.detail);
  expect(details({})).toEqual(['One needs an answer.', 'Note needs an answer.']);
  expect(details({ one: 0, note: '  ' })).toEqual(['Note needs an answer.']);
  expect(details({ one: -1, note: 'wet' })).toEqual([]);
});
