import { expect, test } from 'vitest';
import { cropOf, sourceOf } from './crop';

const IMAGE = {
  id: '1',
  tile: null,
  url: '/file',
  level: null,
  thumbnail: '/thumbnail',
  width: 1000,
  height: 500,
  name: 'a.jpg',
};
const box = (x: number, y: number, width: number, height: number) => ({
  id: 's',
  type: 'rect' as const,
  label: 'stop',
  x,
  y,
  width,
  height,
});
const shown = (span: ReturnType<typeof box> | null, ...drawn: ReturnType<typeof box>[]) =>
  ({
    image: IMAGE,
    span,
    drawn: drawn.map((each) => ({ version: 'A', span: each })),
  }) as unknown as Parameters<typeof cropOf>[0];

test('an object is in the middle, with all that people drew of it', () => {
  // From 400 to 600 across, 200 to 250 down: 200 and a third on each side.
  const crop = cropOf(shown(box(450, 200, 100, 50), box(400, 200, 200, 50)));
  expect(crop).toEqual({ x: 330, y: 55, size: 340 });
});

test('at the border it is moved into the image', () => {
  expect(cropOf(shown(box(0, 0, 100, 100)))).toEqual({ x: 0, y: 0, size: 170 });
  expect(cropOf(shown(box(900, 400, 100, 100)))).toEqual({ x: 830, y: 330, size: 170 });
});

test('a tiny one has something around it', () => {
  expect(cropOf(shown(box(500, 250, 4, 4))).size).toBe(48);
});

test('without an object it is the whole image', () => {
  expect(cropOf(shown(null))).toEqual({ x: 0, y: -250, size: 1000 });
  expect(cropOf(shown(box(0, 0, 990, 490)))).toEqual({ x: 0, y: -250, size: 1000 });
});

test('a thumbnail does where it is sharp', () => {
  const point = shown(null);
  expect(sourceOf(point, { x: 0, y: 0, size: 1000 })).toBe('/thumbnail');
  expect(sourceOf(point, { x: 0, y: 0, size: 400 })).toBe('/thumbnail');
  expect(sourceOf(point, { x: 0, y: 0, size: 200 })).toBe('/file');
});
