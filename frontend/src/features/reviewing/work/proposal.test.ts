import { expect, test } from 'vitest';
import type { Conflict, ReviewTask } from '../api/reviews';
import { decisionOf, hasProposal, nextOpen } from './proposal';

const conflict = (id: string, more: Partial<Conflict> = {}): Conflict => ({
  id,
  kind: 'label',
  code: '',
  params: {},
  text: '',
  object: 0,
  option: null,
  block: null,
  members: [],
  choices: [],
  state: 'open',
  ...more,
});

const task = (conflicts: Conflict[], label: string | null = 'stop') =>
  ({
    interface: 'image_manual',
    conflicts,
    merge: {
      answer: null,
      accept: null,
      attributes: { sky: ['sun'], note: null },
      objects: [{ label }],
    },
  }) as unknown as ReviewTask;

test('a block has a proposal unless it is tied; of several options each has one', () => {
  const about = (block: string, option: string | null = null) =>
    hasProposal(task([]), conflict('a', { kind: 'block', object: null, block, option }));
  expect([about('sky'), about('note'), about('note', 'wet')]).toEqual([true, false, true]);
});

test('a tie has no proposal', () => {
  expect(hasProposal(task([]), conflict('a'))).toBe(true);
  expect(hasProposal(task([], null), conflict('a'))).toBe(false);
  expect(hasProposal(task([], null), conflict('a', { kind: 'extent' }))).toBe(true);
  expect(hasProposal(task([]), conflict('a', { kind: 'answer', object: null }))).toBe(false);
});

test('the next open conflict comes after this one, then from the start', () => {
  const three = task([conflict('a'), conflict('b'), conflict('c')]);
  const decided = (...ids: string[]) =>
    new Map(ids.map((id) => [id, { conflict: id, action: 'accept' as const }]));
  expect(nextOpen(three, decided('a'), 0)).toBe(1);
  expect(nextOpen(three, decided('b', 'c'), 1)).toBe(0);
  expect(nextOpen(three, decided('a', 'b', 'c'), 2)).toBeUndefined();
});

test('a digit is the choice of that number, and 0 is an option like any other', () => {
  const card = conflict('a', {
    choices: [
      { n: 1, kind: 'version', text: '', version: 'B' },
      { n: 2, kind: 'option', text: '', option: 0 },
    ],
  });
  expect(decisionOf(card, 1)).toEqual({ conflict: 'a', action: 'version', version: 'B' });
  expect(decisionOf(card, 2)).toEqual({ conflict: 'a', action: 'label', option: 0 });
  expect(decisionOf(card, 3)).toBeUndefined();
});
