import { describe, expect, test } from 'vitest';
import { DRAWING } from '../drawing';
import { outlineDistance } from '../geometry/polygon';
import { EditorDriver, box } from '../testing/EditorDriver';

function drawing(options: ConstructorParameters<typeof EditorDriver>[0] = {}) {
  return new EditorDriver({ tool: 'freehand', ...options });
}

/** Round the circle of radius 40 about (100, 50), in steps of a degree. */
function circle(driver: EditorDriver, until = 360) {
  const at = (degrees: number) => {
    const turn = (degrees * Math.PI) / 180;
    return [100 + 40 * Math.cos(turn), 50 + 40 * Math.sin(turn)] as const;
  };
  driver.down(...at(0));
  for (let degrees = 1; degrees < until; degrees += 1) driver.move(...at(degrees));
  return driver;
}

describe('freehand.drawing', () => {
  test('is entered by a press and left by the release', () => {
    const driver = circle(drawing().expectPath('freehand.idle')).expectPath('freehand.drawing');
    driver.up().expectPath('freehand.idle').expectSelected('new1');
    expect(driver.editor.getSpans()).toMatchObject([{ type: 'freehand', label: 'cat' }]);
  });

  test('keeps few points, none of which was further away than a pixel', () => {
    const points = circle(drawing()).up().editor.getSpans()[0]?.points ?? [];
    expect(points.length).toBeGreaterThan(8);
    expect(points.length).toBeLessThan(40);
    const outline = points.map(([x, y]) => ({ x, y }));
    for (let degrees = 0; degrees < 360; degrees += 5) {
      const turn = (degrees * Math.PI) / 180;
      const drawn = { x: 100 + 40 * Math.cos(turn), y: 50 + 40 * Math.sin(turn) };
      expect(outlineDistance(outline, drawn)).toBeLessThan(1.1);
    }
  });

  test('a click selects', () => {
    const driver = drawing({ spans: [box('a', 100, 40, 50, 50)] }).click(120, 60);
    driver.expectPath('freehand.idle').expectSelected('a').expectBoxes([100, 40, 50, 50]);
  });

  test('Escape leaves no trace', () => {
    const driver = circle(drawing()).key('Escape').expectPath('freehand.idle').expectSeen();
    driver.up().expectSeen();
    expect(driver.editor.state.canUndo).toBe(false);
  });

  test('a stroke without any area springs back with a hint', () => {
    const driver = drawing().down(20, 20);
    for (let x = 20; x < 90; x += 3) driver.move(x, 20);
    driver.up().expectPath('freehand.idle').expectSeen();
    expect(driver.hints).toEqual([{ code: 'too_few', minimum: 3 }]);
  });

  test('a refused crossing springs back with a hint', () => {
    const driver = drawing({ drawing: { ...DRAWING, crossing: 'refuse' } });
    driver.down(20, 20).move(80, 60).move(80, 20).move(20, 60).up().expectSeen();
    expect(driver.hints).toEqual([{ code: 'crossing_refused' }]);
  });

  test('the next one can start inside of it', () => {
    const driver = circle(drawing()).up();
    circle(driver, 180).up();
    expect(driver.editor.getSpans()).toHaveLength(2);
  });
});
