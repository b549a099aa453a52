import { expect, test } from 'vitest';
import { turns } from './turns';

/** Acts that end when the test says so, and the names of those that have begun. */
function slow() {
  const begun: string[] = [];
  const ends: Record<string, (error?: Error) => void> = {};
  const act = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      begun.push(name);
      ends[name] = (error) => (error ? reject(error) : resolve(name));
    });
  return { act, begun, ends };
}

test('so many run at once, the others one after the other as these end', async () => {
  const inTurn = turns(2);
  const { act, begun, ends } = slow();
  const all = ['a', 'b', 'c', 'd'].map((name) => inTurn(act(name)));
  expect(begun).toEqual(['a', 'b']);
  ends['b']?.();
  await expect.poll(() => begun).toEqual(['a', 'b', 'c']);
  ends['a']?.();
  await expect.poll(() => begun).toEqual(['a', 'b', 'c', 'd']);
  for (const end of Object.values(ends)) end();
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
});

test('one that fails gives its turn on', async () => {
  const inTurn = turns(1);
  const { act, begun, ends } = slow();
  const [first, second] = [inTurn(act('a')), inTurn(act('b'))];
  ends['a']?.(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  await expect.poll(() => begun).toEqual(['a', 'b']);
  ends['b']?.();
  expect(await second).toBe('b');
});
