import { expect, test } from 'vitest';
import { dismissedOf, givenSpans, offersOf, openOffers } from './offers';
import { startOf } from './response';
import { someTask } from './testing';

const spans = [
  { id: 'a', label: 'cat', score: 0.3 },
  { id: 'b', label: 'cat' },
];

function suggested(model: string, more = {}) {
  const suggestion = { id: 's', model, version: '1', score: 0.9, label: '', spans, accept: [] };
  return someTask('t', { spans, suggestions: [suggestion], ...more } as never);
}

test('what a model found is offered, with its own score before that of the whole', () => {
  const task = suggested('finder');
  expect(offersOf(task).map(({ span, score }) => [span.id, score])).toEqual([
    ['a', 0.3],
    ['b', 0.9],
  ]);
  expect(startOf(task).spans).toEqual([]);
});

test('a list offers what it has a score for; the rest is work to go on from', () => {
  const task = suggested('import');
  expect(offersOf(task).map(({ span }) => span.id)).toEqual(['a']);
  expect(givenSpans(task).map(({ id }) => id)).toEqual(['b']);
  expect(startOf(task).spans.map(({ id }) => id)).toEqual(['b']);
});

test('what was accepted or dismissed is not offered again', () => {
  const draft = { spans: [spans[0]], accept: [], dismissed: ['b'] };
  expect(openOffers(suggested('finder', { draft }))).toEqual([]);
  const begun = { spans: [], accept: [] };
  expect(openOffers(suggested('finder', { draft: begun })).length).toBe(2);
});

test('an offer that is gone from the canvas was dismissed', () => {
  expect(dismissedOf(suggested('finder'), [{ id: 'b' }] as never)).toEqual(['a']);
  expect(dismissedOf(someTask('t'), [])).toEqual([]);
});
