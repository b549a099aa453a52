import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { preloadImage } from './images';

const asked: string[] = [];
let lost: readonly string[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    const status = lost.includes(url) ? 404 : 200;
    return Promise.resolve(new Response(url, { status }));
  });
  vi.stubGlobal('createImageBitmap', async (bytes: Blob) => ({ of: await bytes.text() }));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test('an image opens with its level, once', async () => {
  lost = [];
  const image = { url: '/one', level: '/one/level' };
  expect(await preloadImage(image)).toEqual({ of: '/one/level' });
  await preloadImage(image);
  expect(asked).toEqual(['/one/level']);
});

test('all pixels are shown where the level was lost', async () => {
  lost = ['/two/level'];
  expect(await preloadImage({ url: '/two', level: '/two/level' })).toEqual({ of: '/two' });
});

test('an image that cannot be had at all is an error, and is asked for again', async () => {
  lost = ['/three', '/three/level'];
  const image = { url: '/three', level: '/three/level' };
  await expect(preloadImage(image)).rejects.toMatchObject({ status: 404 });
  lost = [];
  expect(await preloadImage(image)).toEqual({ of: '/three/level' });
});

test('a server that is busy is asked again when it says so', async () => {
  vi.useFakeTimers();
  const replies = [busy(), busy(), new Response('here')];
  vi.stubGlobal('fetch', () => Promise.resolve(replies.shift()));
  const shown = preloadImage({ url: '/four', level: null });
  await vi.advanceTimersByTimeAsync(2000);
  expect(replies).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(await shown).toEqual({ of: 'here' });
  vi.useRealTimers();
});

test('why it cannot be had is told in the words of the server', async () => {
  const problem = { status: 409, code: 'source_changed', detail: 'It is another file now.' };
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(problem, { status: 409 })));
  const asking = preloadImage({ url: '/five', level: null });
  await expect(asking).rejects.toMatchObject({ code: 'source_changed', message: problem.detail });
});

function busy() {
  return Response.json({ code: 'busy' }, { status: 503, headers: { 'Retry-After': '2' } });
}
