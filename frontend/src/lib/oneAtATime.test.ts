import { expect, test } from 'vitest';
import { oneAtATime } from './oneAtATime';

/** An action whose every run ends when the test says so. */
function slow() {
  const ends: (() => void)[] = [];
  const run = oneAtATime(() => new Promise((end) => ends.push(end)));
  return { run, ends };
}

test('what is asked while it runs runs once more, and everybody waits for it', async () => {
  const { run, ends } = slow();
  const all = Promise.all([run(), run(), run()]);
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.();
  await all;
  expect(ends).toHaveLength(2);
});

test('it runs anew each time that it is asked while at rest, also after a failure', async () => {
  let runs = 0;
  const run = oneAtATime(() => Promise.reject(new Error(`run ${++runs}`)));
  await expect(run()).rejects.toThrow('run 1');
  await expect(run()).rejects.toThrow('run 2');
});
