import { expect, test } from 'vitest';
import { sameWork, startingPoint } from './conflict';
import { someDraft, someTask } from './testing';

const saying = (...accept: number[]) => ({ spans: [], accept });

test('two responses say the same whoever saved them, and in whatever order their keys are', () => {
  const one = { spans: [{ label: 'cat', x: 1 }], accept: [], page: 'a', seconds: 1 };
  const other = { accept: [], spans: [{ x: 1, label: 'cat' }], page: 'b', seconds: 9 };
  expect(sameWork(one as never, other as never)).toBe(true);
  expect(sameWork(saying(1), saying(2))).toBe(false);
});

test('what was not saved goes before the draft that it was built on', () => {
  const task = someTask('t', { draft: saying(1), draft_version: 3 });
  const left = [someDraft('gone', { base: 3, body: saying(2) })];
  expect(startingPoint(task, left)).toEqual({ draft: saying(2), conflict: null });
});

test('a save whose reply was lost is no conflict', () => {
  const task = someTask('t', { draft: { ...saying(1), page: 'gone' }, draft_version: 4 });
  const left = [someDraft('gone', { base: 3, body: saying(1, 2) })];
  expect(startingPoint(task, left).conflict).toBeNull();
});

test('what two pages did is shown, the newest first, and each version once', () => {
  const task = someTask('t', { draft: saying(3), draft_version: 4 });
  const left = [
    someDraft('a', { base: 3, body: saying(1), at: 1 }),
    someDraft('b', { base: 3, body: saying(2), at: 2 }),
    someDraft('c', { base: 3, body: saying(3), at: 0 }),
  ];
  expect(startingPoint(task, left)).toEqual({
    draft: saying(2),
    conflict: { versions: [saying(2), saying(3), saying(1)], chosen: null },
  });
});
