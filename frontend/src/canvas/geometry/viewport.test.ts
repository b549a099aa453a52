import { describe, expect, test } from 'vitest';
import { imagePoint, screenPoint } from './points';
import { Viewport } from './viewport';

const IMAGE = { width: 4000, height: 3000 };
const VIEW = { width: 1000, height: 600 };
const start = Viewport.fitting(IMAGE, VIEW);

describe('screen and image', () => {
  // A device pixel ratio of 2 lets the pointer stand on half CSS pixels; nothing else may change.
  test.each([
    [0.1, 1],
    [0.1, 2],
    [1, 1],
    [1, 2],
    [7.3, 1],
    [7.3, 2],
    [40, 1],
    [40, 2],
  ])('are inverse at zoom %d and pixel ratio %d', (zoom, ratio) => {
    const viewport = start.zoomedTo(zoom, screenPoint(312.5, 401));
    expect(viewport.zoom).toBe(zoom);
    for (let step = 0; step < 200; step += 1) {
      const pixel = screenPoint(((step * 61) % 2000) / ratio, ((step * 37) % 1200) / ratio);
      const back = viewport.toScreen(viewport.toImage(pixel));
      expect(Math.abs(back.x - pixel.x)).toBeLessThan(1e-6);
      expect(Math.abs(back.y - pixel.y)).toBeLessThan(1e-6);
      const point = imagePoint((step * 97.13) % 4000, (step * 31.7) % 3000);
      const again = viewport.toImage(viewport.toScreen(point));
      expect(Math.abs(again.x - point.x)).toBeLessThan(1e-6);
      expect(Math.abs(again.y - point.y)).toBeLessThan(1e-6);
    }
  });

  test('have the origin and the scale that fitting gives them', () => {
    // 600 - 2 * 16 CSS px for 3,000 image px.
    expect(start.zoom).toBeCloseTo(568 / 3000, 12);
    expect(start.toScreen(imagePoint(0, 0)).y).toBeCloseTo(16, 9);
    expect(start.toScreen(imagePoint(2000, 1500)).x).toBeCloseTo(500, 9);
    expect(start.fits).toBe(true);
  });
});

describe('zooming', () => {
  test('keeps what is under the pointer', () => {
    let viewport = start;
    const pointer = screenPoint(612, 233);
    const still = viewport.toImage(pointer);
    for (const factor of [1.3, 2, 0.7, 5, 0.5]) {
      viewport = viewport.zoomedBy(factor, pointer);
      expect(viewport.toImage(pointer).x).toBeCloseTo(still.x, 6);
      expect(viewport.toImage(pointer).y).toBeCloseTo(still.y, 6);
    }
  });

  test('ends at 64 and at a quarter of the whole image', () => {
    expect(start.zoomedBy(1e9).zoom).toBe(64);
    expect(start.zoomedBy(1e-9).zoom).toBeCloseTo(start.zoom / 4, 12);
  });

  test('to an object shows it in the middle, on a third of the view', () => {
    const viewport = start.zoomedToRect({ x: 1000, y: 800, width: 100, height: 100 });
    const shown = viewport.rectToScreen({ x: 1000, y: 800, width: 100, height: 100 });
    expect(shown.height).toBeCloseTo(200, 9);
    expect(shown.x + shown.width / 2).toBeCloseTo(500, 9);
    expect(shown.y + shown.height / 2).toBeCloseTo(300, 9);
  });

  test('to most of the image never zooms out of it', () => {
    expect(start.zoomedToRect({ x: 0, y: 0, width: 3900, height: 2900 }).zoom).toBe(start.zoom);
  });
});

describe('moving and resizing', () => {
  test('48 px of the image stay in sight', () => {
    const away = start.zoomedTo(1).pannedBy(-1e6, -1e6);
    expect(away.toScreen(imagePoint(4000, 3000))).toEqual({ x: 48, y: 48 });
    expect(away.pannedBy(1e6, 1e6).toScreen(imagePoint(0, 0))).toEqual({ x: 952, y: 552 });
  });

  test('a fitted image is fitted anew, another keeps its middle', () => {
    expect(start.resizedTo({ width: 500, height: 300 }).fits).toBe(true);
    const close = start.zoomedTo(2);
    const middle = close.toImage(screenPoint(500, 300));
    const resized = close.resizedTo({ width: 600, height: 500 });
    expect(resized.zoom).toBe(2);
    expect(resized.toImage(screenPoint(300, 250)).x).toBeCloseTo(middle.x, 9);
    expect(resized.toImage(screenPoint(300, 250)).y).toBeCloseTo(middle.y, 9);
  });
});

test('on the way to another view the part in sight changes evenly', () => {
  const there = start.zoomedToRect({ x: 3000, y: 2000, width: 200, height: 100 });
  expect(start.towards(there, 0).visible().x).toBeCloseTo(start.visible().x, 6);
  expect(start.towards(there, 1).toScreen(imagePoint(3100, 2050)).x).toBeCloseTo(500, 6);
  const half = start.towards(there, 0.5).visible();
  expect(half.width).toBeCloseTo((start.visible().width + there.visible().width) / 2, 6);
});
