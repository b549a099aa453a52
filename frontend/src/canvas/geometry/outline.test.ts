import { describe, expect, test } from 'vitest';
import cases from '../../../../tests/unit/datasets/domain/crossing_cases.json';
import { crossesItself } from './crossing';
import { cornerNear, edgeNear, simplified } from './outline';
import { imagePoint } from './points';
import { outlineDistance } from './polygon';

const SQUARE = [imagePoint(0, 0), imagePoint(10, 0), imagePoint(10, 10), imagePoint(0, 10)];

describe('what of an outline is near', () => {
  test('the nearest corner within reach', () => {
    expect(cornerNear(SQUARE, { x: 9, y: 2 }, 3)).toBe(1);
    expect(cornerNear(SQUARE, { x: 5, y: 5 }, 3)).toBeNull();
    expect(cornerNear(SQUARE, { x: 10, y: 3 }, 3)).toBe(1);
  });

  test('the place for a new corner, also on the closing edge', () => {
    expect(edgeNear(SQUARE, imagePoint(4, 1), 2)).toEqual({ index: 1, point: { x: 4, y: 0 } });
    expect(edgeNear(SQUARE, imagePoint(-1, 4), 2)).toEqual({ index: 4, point: { x: 0, y: 4 } });
    expect(edgeNear(SQUARE, imagePoint(5, 5), 2)).toBeNull();
  });
});

describe('simplified', () => {
  test('drops what lies on a line, keeps what sticks out', () => {
    const points = [0, 1, 2, 3, 4].map((x) => ({ x, y: x === 2 ? 3 : 0 }));
    // (1, 0) lies 3 / sqrt(13) = 0.83 from the line between (0, 0) and (2, 3).
    expect(simplified(points, 0.8)).toEqual(points);
    expect(simplified(points, 0.9)).toEqual([points[0], points[2], points[4]]);
    expect(simplified(points, 3)).toEqual([points[0], points[4]]);
  });

  test('no point lies further away than the tolerance, a thousand times', () => {
    let seed = 7;
    const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    for (let round = 0; round < 1000; round += 1) {
      const points = Array.from({ length: 30 }, () => ({ x: random() * 50, y: random() * 50 }));
      const tolerance = random() * 20;
      const line = simplified(points, tolerance);
      // There and back again: the closing edge of an outline must not count.
      const path = [...line, ...line.toReversed()];
      for (const point of points) {
        expect(outlineDistance(path, point)).toBeLessThanOrEqual(tolerance + 1e-9);
      }
    }
  });

  test('a jagged line keeps all of its points', () => {
    const points = Array.from({ length: 3000 }, (_, x) => ({ x, y: x % 2 }));
    expect(simplified(points, 0.1)).toHaveLength(3000);
  });
});

test.each(cases)('crossesItself: $what', ({ points, crosses }) => {
  const corners = points.map(([x = 0, y = 0]) => ({ x, y }));
  expect(crossesItself(corners)).toBe(crosses);
  expect(crossesItself(corners.toReversed())).toBe(crosses);
  expect(crossesItself([...corners.slice(1), ...corners.slice(0, 1)])).toBe(crosses);
});
