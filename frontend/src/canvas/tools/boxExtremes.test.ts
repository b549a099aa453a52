import { describe, expect, test } from 'vitest';
import { DRAWING } from '../drawing';
import { EditorDriver, box } from '../testing/EditorDriver';

const extremes = (options: ConstructorParameters<typeof EditorDriver>[0] = {}) =>
  new EditorDriver({ drawing: { ...DRAWING, boxBy: 'extremes' }, ...options });
const drawn = () => extremes().click(50, 20).click(70, 45).click(40, 60).click(30, 35);
const kept = (driver: EditorDriver) =>
  driver.editor.getSpans()[0]?.extreme_points as number[][] | undefined;

describe('box.extremes', () => {
  test('is entered by a press and left by the fourth click', () => {
    const driver = extremes().expectPath('box.idle').down(50, 20).expectPath('box.extremes').up();
    driver.click(70, 45).click(40, 60).expectPath('box.extremes');
    driver.move(30, 35).down(30, 35).expectPath('box.extremes').up().expectPath('box.idle');
    driver.expectBoxes([30, 20, 40, 40]).expectSelected('new1');
    expect(kept(driver)).toEqual([
      [50, 20],
      [70, 45],
      [40, 60],
      [30, 35],
    ]);
  });

  test('the points come in any order', () => {
    extremes()
      .click(30, 35)
      .click(40, 60)
      .click(50, 20)
      .click(70, 45)
      .expectBoxes([30, 20, 40, 40]);
  });

  test('shows the box of the points and the pointer', () => {
    extremes().click(50, 20).move(70, 45).expectSeen([50, 20, 20, 25]).expectBoxes();
  });

  test('a press can be adjusted until it is let go', () => {
    extremes()
      .click(50, 20)
      .click(70, 45)
      .click(40, 60)
      .drag([35, 35], [30, 35])
      .expectBoxes([30, 20, 40, 40]);
  });

  test.each(['Escape', 'Delete'])('%s leaves no trace', (key) => {
    const driver = extremes({ spans: [box('a', 100, 10, 50, 50)] });
    driver.editor.select(['a']);
    const before = driver.editor.state;
    driver.click(10, 10).click(60, 40);
    expect(driver.press(key)).toBe(true);
    driver.expectPath('box.idle').expectSelected('a');
    expect(driver.editor.state.shapes).toBe(before.shapes);
    expect(driver.editor.state.canUndo).toBe(false);
  });

  test.each(['Backspace', 'z'])('%s takes back the last point, then the one before', (key) => {
    const driver = extremes().click(50, 20).click(10, 90).move(60, 30);
    driver.hold({ ctrlKey: key === 'z' }).key(key);
    driver.expectPath('box.extremes').expectSeen([50, 20, 10, 10]);
    driver.key(key).expectPath('box.idle').expectSeen();
    driver.hold({}).click(30, 35).click(40, 60).click(50, 20).click(70, 45);
    driver.expectBoxes([30, 20, 40, 40]);
  });

  test('Space pans in between, and Backspace still takes back a point', () => {
    const driver = extremes().click(50, 20).click(70, 45).move(60, 30);
    driver.editor.setPanHeld(true);
    driver.expectPath('pan.dragging').move(70, 40).key('Backspace').expectPath('pan.dragging');
    driver.editor.setPanHeld(false);
    driver.expectPath('box.extremes').click(70, 45).click(40, 60).expectPath('box.extremes');
    driver.click(30, 35).expectBoxes([30, 20, 40, 40]);
  });

  test('the middle button pans without setting a point', () => {
    const driver = extremes().click(50, 20).click(70, 45).click(40, 60);
    driver.down(40, 60, 1).expectPath('pan.dragging').move(50, 60).up(1);
    driver.expectPath('box.extremes').click(30, 35).expectBoxes([30, 20, 40, 40]);
  });

  test('less than 2 px is refused with a hint', () => {
    const driver = extremes().click(10, 10).click(20, 10).click(30, 11).click(40, 10);
    driver.expectPath('box.idle').expectBoxes();
    expect(driver.hints).toEqual([{ code: 'too_small', minimum: 2 }]);
  });

  test('a point near to the border lands on it', () => {
    const driver = extremes().click(3, 40).click(20, 97).click(40, 50).click(30, 20);
    driver.expectBoxes([0, 20, 40, 80]);
    expect(kept(driver)).toContainEqual([0, 40]);
  });
});

describe('the extreme points of a box', () => {
  test('move with it', () => {
    const driver = drawn();
    driver.editor.nudge(5, -3);
    expect(kept(driver)).toEqual([
      [55, 17],
      [75, 42],
      [45, 57],
      [35, 32],
    ]);
  });

  test('move with a box that is given another place', () => {
    const driver = drawn();
    driver.editor.setRect('new1', { x: 30.1, y: 20.7, width: 40, height: 40 });
    driver.expectBoxes([30.1, 20.7, 40, 40]);
    expect(kept(driver)?.[0]).toEqual([50.1, 20.7]);
  });

  test.each([
    ['dragged', (driver: EditorDriver) => driver.drag([70, 40], [80, 40])],
    [
      'stretched',
      (driver: EditorDriver) => {
        driver.editor.stretch(1, 0);
      },
    ],
    [
      'given numbers',
      (driver: EditorDriver) => {
        driver.editor.setRect('new1', { x: 1, y: 2, width: 3, height: 4 });
      },
    ],
  ])('are gone once an edge is %s', (_, change) => {
    const driver = drawn();
    change(driver);
    expect(driver.editor.getSpans()[0]).not.toHaveProperty('extreme_points');
    driver.editor.undo();
    expect(kept(driver)).toHaveLength(4);
  });

  test('go along to the next image only if the box fits there', () => {
    const clipboard = { shapes: drawn().editor.state.shapes, previous: [] };
    const same = extremes({ clipboard });
    same.editor.paste();
    expect(kept(same)).toHaveLength(4);
    const small = extremes({ clipboard, image: { width: 60, height: 100 } });
    small.editor.paste();
    small.expectBoxes([30, 20, 30, 40]);
    expect(kept(small)).toBeUndefined();
  });
});
