import { expect, test } from 'vitest';
import { columnsFor, sourcesOf, tileKey } from './tiles';

const squares = (count: number) => Array.from({ length: count }, () => ({ width: 9, height: 9 }));

test('tiles stand in as many columns as make their images largest', () => {
  expect(columnsFor(squares(12), 1600, 800)).toBe(4);
  expect(columnsFor(squares(9), 1280, 620)).toBe(5);
  expect(columnsFor(squares(4), 1000, 1000)).toBe(2);
  expect(columnsFor(squares(2), 2560, 1300)).toBe(2);
});

test('wide images stand in fewer columns, tall ones in more', () => {
  const shaped = (width: number, height: number) => squares(12).map(() => ({ width, height }));
  expect(columnsFor(shaped(4, 3), 1600, 700)).toBe(4);
  expect(columnsFor(shaped(3, 4), 1600, 700)).toBe(6);
});

test('on a phone they scroll in two columns rather than shrink', () => {
  expect(columnsFor(squares(12), 360, 500)).toBe(2);
  expect(columnsFor(squares(2), 360, 500)).toBe(1);
  expect(columnsFor(squares(3), 360, 300)).toBe(2);
});

test('every one of twelve tiles has a key of its own', () => {
  const keys = Array.from({ length: 12 }, (_, place) => tileKey(place));
  expect(new Set(keys).size).toBe(12);
  expect(keys.join('')).toBe('1234567890-=');
  expect(tileKey(12)).toBe('');
});

test('a large image is fetched as large as it is shown, a small one as it is', () => {
  const image = { url: '/file/', level: null, thumbnail: '/small/', width: 3000, height: 1500 };
  expect(sourcesOf(image, 4)).toEqual({
    src: '/small/',
    srcSet: '/small/ 512w, /file/ 3000w',
    sizes: '25vw',
  });
  expect(sourcesOf({ ...image, width: 1500, height: 3000 }, 4).srcSet).toContain('/small/ 256w');
  expect(sourcesOf({ ...image, level: '/level/' }, 4).srcSet).toBe('/small/ 512w, /level/ 3000w');
  expect(sourcesOf({ ...image, width: 500, height: 400 }, 4)).toEqual({ src: '/file/' });
});
