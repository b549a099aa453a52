import { describe, expect, test } from 'vitest';
import { drawnRect, resizedRect } from './drag';
import { HANDLES, handleAt, handlePosition, handlesShown } from './handles';
import { imagePoint, screenPoint } from './points';
import { outlineDistance, polygonArea, polygonContains } from './polygon';
import { clampMove, clampRect, rectBetween } from './rect';
import { tagBox, tagText, tagWidth } from './tag';

const IMAGE = { width: 300, height: 200 };

/** Numbers that look random and are the same in every run. */
function* numbers(limit: number): Generator<number, never> {
  for (let seed = 12345; ; seed = (seed * 16807) % 2147483647) yield (seed / 2147483647) * limit;
}

describe('rectangles', () => {
  test('corners may come in any order', () => {
    const expected = { x: 10, y: 20, width: 30, height: 40 };
    expect(rectBetween({ x: 10, y: 20 }, { x: 40, y: 60 })).toEqual(expected);
    expect(rectBetween({ x: 40, y: 60 }, { x: 10, y: 20 })).toEqual(expected);
    expect(rectBetween({ x: 10, y: 60 }, { x: 40, y: 20 })).toEqual(expected);
  });

  test('are cut off at the image, moves stop there', () => {
    const rect = { x: -10, y: 150, width: 50, height: 100 };
    expect(clampRect(rect, IMAGE)).toEqual({ x: 0, y: 150, width: 40, height: 50 });
    const inside = { x: 250, y: 10, width: 40, height: 40 };
    expect(clampMove(inside, 100, -100, IMAGE)).toEqual({ x: 10, y: -10 });
  });
});

test('whatever is dragged lies inside of the image and is not turned over', () => {
  const next = numbers(600);
  const coordinate = () => next.next().value - 150;
  for (let round = 0; round < 500; round += 1) {
    const modifiers = { even: round % 2 === 0, centred: round % 3 === 0 };
    const from = imagePoint(coordinate(), coordinate());
    const drawn = drawnRect(from, imagePoint(coordinate(), coordinate()), modifiers, IMAGE);
    const handle = HANDLES[round % HANDLES.length] ?? 'n';
    const by = { x: coordinate(), y: coordinate() };
    const resized = resizedRect(drawn, handle, by, modifiers, IMAGE);
    for (const { x, y, width, height } of [drawn, resized]) {
      expect(Math.min(x, y, width, height)).toBeGreaterThanOrEqual(-1e-9);
      expect(x + width).toBeLessThanOrEqual(300 + 1e-9);
      expect(y + height).toBeLessThanOrEqual(200 + 1e-9);
    }
    if (modifiers.even) expect(drawn.width).toBeCloseTo(drawn.height, 9);
  }
});

describe('handles', () => {
  const box = { x: 100, y: 100, width: 200, height: 120 };

  test('of a short side none is drawn, so that they do not hide the box', () => {
    const shown = (width: number, height: number) =>
      handlesShown({ x: 0, y: 0, width, height }, 8).filter((handle) => handle.length === 1);
    expect(shown(32, 32)).toEqual(['n', 'e', 's', 'w']);
    expect(shown(32, 31)).toEqual(['n', 's']);
    expect(shown(20, 20)).toEqual([]);
    expect(handlesShown({ x: 0, y: 0, width: 4, height: 4 }, 8)).toHaveLength(4);
  });

  test.each(HANDLES)('%s is grabbed within 12 px and by no other', (handle) => {
    const at = handlePosition(box, handle);
    for (const [dx, dy] of [
      [0, 0],
      [11, 0],
      [-11, 0],
      [0, 11],
      [0, -11],
    ] as const) {
      expect(handleAt(box, screenPoint(at.x + dx, at.y + dy))).toBe(handle);
    }
  });

  test('edges are grabbed along their whole length, the inside is free', () => {
    expect(handleAt(box, screenPoint(150, 105))).toBe('n');
    expect(handleAt(box, screenPoint(304, 190))).toBe('e');
    expect(handleAt(box, screenPoint(150, 115))).toBeNull();
    expect(handleAt(box, screenPoint(200, 160))).toBeNull();
    expect(handleAt(box, screenPoint(150, 93))).toBeNull();
  });

  test('a box of any size can be grabbed in its middle and at its corners', () => {
    for (let side = 2; side < 100; side += 1) {
      const small = { x: 50, y: 50, width: side, height: side };
      expect(handleAt(small, screenPoint(50 + side / 2, 50 + side / 2))).toBeNull();
      expect(handleAt(small, screenPoint(50, 50))).toBe('nw');
      expect(handleAt(small, screenPoint(50 + side, 50 + side))).toBe('se');
    }
  });
});

describe('polygons', () => {
  const triangle = [imagePoint(0, 0), imagePoint(40, 0), imagePoint(0, 30)];

  test('know their inside, area and outline', () => {
    expect(polygonContains(triangle, { x: 10, y: 10 })).toBe(true);
    expect(polygonContains(triangle, { x: 30, y: 20 })).toBe(false);
    expect(polygonArea(triangle)).toBe(600);
    expect(polygonArea([...triangle].reverse())).toBe(600);
    expect(outlineDistance(triangle, { x: 20, y: -7 })).toBe(7);
    // The long side is 3x + 4y = 120; (40, 30) is (120 + 120 - 120) / 5 away from it.
    expect(outlineDistance(triangle, { x: 40, y: 30 })).toBe(24);
  });
});

describe('tags', () => {
  const box = { x: 30, y: 40, width: 50, height: 50 };

  test('sit on the top left corner, stack up, and stay in the view', () => {
    expect(tagBox(box, 'cat', 12)).toEqual({ x: 30, y: 22, width: 31, height: 18 });
    expect(tagBox(box, 'cat', 12, 1).y).toBe(4);
    expect(tagBox({ ...box, x: -20, y: -30 }, 'cat', 12)).toMatchObject({ x: 0, y: 0 });
    expect(tagBox({ ...box, y: 10 }, 'cat', 12).y).toBe(10);
  });

  test('are short and wide enough for any script', () => {
    expect(tagText('a'.repeat(40))).toHaveLength(28);
    expect(tagText('car', 'A')).toBe('A car');
    expect(tagWidth('信号', 12)).toBe(34);
  });
});
