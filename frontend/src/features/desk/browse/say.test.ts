import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HELD, Outbox } from './say';
import type { Batch } from './say';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function batch(answer: 'accept' | 'reject', ...tasks: string[]): Batch {
  return { tasks, saying: { act: 'answer', answer }, text: answer };
}

function box() {
  const sent: Batch[] = [];
  const outbox = new Outbox(
    (each) => sent.push(each),
    () => undefined,
  );
  return { sent, outbox };
}

test('what was said is sent after a while, and not before', () => {
  const { sent, outbox } = box();
  outbox.say(batch('accept', 'a'));
  vi.advanceTimersByTime(HELD - 1);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(sent.map(({ tasks }) => tasks)).toEqual([['a']]);
});

test('what was taken back is never sent', () => {
  const { sent, outbox } = box();
  outbox.say(batch('accept', 'a'));
  outbox.say(batch('reject', 'b'));
  expect(outbox.undo()?.tasks).toEqual(['b']);
  vi.advanceTimersByTime(HELD);
  expect(sent.map(({ tasks }) => tasks)).toEqual([['a']]);
  expect(outbox.undo()).toBeUndefined();
});

test('of a task the last word counts', () => {
  const { sent, outbox } = box();
  outbox.say(batch('accept', 'a', 'b'));
  outbox.say(batch('reject', 'b'));
  outbox.flush();
  expect(sent.map(({ tasks, text }) => [text, tasks])).toEqual([
    ['accept', ['a']],
    ['reject', ['b']],
  ]);
});
