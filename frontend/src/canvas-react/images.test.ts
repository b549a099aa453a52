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
  await expect(preloadImage(image)).rejects.toThrow('404');
  lost = [];
  expect(await preloadImage(image)).toEqual({ of: '/three/level' });
});
