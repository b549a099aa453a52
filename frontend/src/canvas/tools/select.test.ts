import { describe, expect, test } from 'vitest';
import { EditorDriver, box } from '../testing/EditorDriver';

type Point = [number, number];

const BIG = box('big', 20, 20, 150, 70);
const SMALL = box('small', 60, 40, 40, 30);

function selecting(...spans: ReturnType<typeof box>[]) {
  return new EditorDriver({ spans, tool: 'select' });
}

describe('select.idle', () => {
  test('a click selects the smallest shape, a repeated one the next below', () => {
    const driver = selecting(BIG, SMALL).click(80, 55).expectSelected('small');
    driver.click(80, 55).expectSelected('big').click(80, 55).expectSelected('small');
    driver.click(30, 80).expectSelected('big').click(80, 55).expectSelected('small');
  });

  test('the smallest wins although it lies below', () => {
    selecting(SMALL, BIG).click(80, 55).expectSelected('small');
  });

  test('Alt and a click reach the shape below', () => {
    const driver = selecting(BIG, SMALL).click(80, 55).expectSelected('small');
    driver.hold({ altKey: true }).click(90, 60).expectSelected('big');
  });

  test('Shift and a click add and remove', () => {
    const driver = selecting(box('a', 10, 30, 40, 40), box('b', 100, 30, 40, 40));
    driver.click(30, 50).hold({ shiftKey: true }).click(120, 50).expectSelected('a', 'b');
    driver.click(30, 50).expectSelected('b');
  });

  test('a click on the tag selects', () => {
    // The tag lies above the top left corner: 18 px high, 3 letters wide.
    selecting(BIG, SMALL).click(64, 30).expectSelected('small');
  });

  test('a click beside everything drops the selection, as Escape does', () => {
    const driver = selecting(SMALL).click(80, 55).click(190, 95).expectSelected();
    driver.click(80, 55).expectSelected('small');
    expect(driver.press('Escape')).toBe(true);
    driver.expectSelected();
    expect(driver.press('Escape')).toBe(false);
  });

  test('Tab goes through the shapes and then lets the focus go', () => {
    const driver = selecting(BIG, SMALL);
    expect(driver.press('Tab')).toBe(true);
    driver.expectSelected('big').key('Tab').expectSelected('small');
    expect(driver.press('Tab')).toBe(false);
    driver.expectSelected().hold({ shiftKey: true }).key('Tab').expectSelected('small');
  });

  test('what is hidden cannot be hit', () => {
    const driver = selecting(SMALL);
    driver.editor.show({ hidden: true });
    driver.click(80, 55).expectSelected();
    driver.editor.show({ hidden: false, onlyLabel: 'dog' });
    driver.click(80, 55).expectSelected();
  });

  test('dragging an unselected inside moves the view, not the shape', () => {
    const driver = selecting(SMALL);
    driver.down(80, 55).expectPath('pan.dragging').move(90, 60).up().expectPath('select.idle');
    driver.expectBoxes([60, 40, 40, 30]).expectSelected();
    expect(driver.editor.view.viewport.origin).toEqual({ x: 10, y: 5 });
  });
});

describe('select.moving', () => {
  test('moves the selection as one step', () => {
    const driver = selecting(SMALL).click(80, 55).down(80, 55).expectPath('select.moving');
    driver.move(85, 56).move(90, 60).up().expectPath('select.idle').expectBoxes([70, 45, 40, 30]);
    driver.editor.undo();
    driver.expectBoxes([60, 40, 40, 30]).expectSelected('small');
    expect(driver.editor.state.canUndo).toBe(false);
    driver.editor.redo();
    driver.expectBoxes([70, 45, 40, 30]);
  });

  test('several shapes stay together at the border', () => {
    const driver = selecting(box('a', 10, 30, 40, 40), box('b', 100, 50, 40, 40));
    driver.editor.selectAll();
    driver.drag([120, 70], [60, 99]).expectBoxes([0, 40, 40, 40], [90, 60, 40, 40]);
  });

  test('Escape puts everything back', () => {
    const driver = selecting(SMALL).click(80, 55).down(80, 55).move(90, 60);
    driver.expectSeen([70, 45, 40, 30]).key('Escape').expectPath('select.idle');
    driver.expectSeen([60, 40, 40, 30]).expectSelected('small').up().move(10, 10);
    driver.expectSeen([60, 40, 40, 30]);
    expect(driver.editor.state.canUndo).toBe(false);
  });

  test('polygons move with all their points', () => {
    const points = [
      [60, 40],
      [100, 40],
      [80, 70],
    ];
    const driver = new EditorDriver({
      spans: [{ id: 'p', type: 'polygon', label: 'cat', points }],
      tool: 'select',
    });
    driver.click(80, 50).expectSelected('p').drag([80, 50], [90, 55]);
    expect(driver.editor.getSpans()[0]).toMatchObject({
      type: 'polygon',
      points: [
        [70, 45],
        [110, 45],
        [90, 75],
      ],
      x: 70,
      width: 40,
      center: [90, 60],
    });
  });
});

describe('select.resizing', () => {
  test.each<[string, Point, Point, [number, number, number, number]]>([
    ['nw', [60, 40], [50, 35], [50, 35, 50, 35]],
    ['n', [80, 40], [85, 35], [60, 35, 40, 35]],
    ['ne', [100, 40], [110, 35], [60, 35, 50, 35]],
    ['e', [100, 55], [110, 60], [60, 40, 50, 30]],
    ['se', [100, 70], [110, 75], [60, 40, 50, 35]],
    ['s', [80, 70], [85, 75], [60, 40, 40, 35]],
    ['sw', [60, 70], [50, 75], [50, 40, 50, 35]],
    ['w', [60, 55], [50, 60], [50, 40, 50, 30]],
  ])('handle %s', (_, from, to, expected) => {
    const driver = selecting(SMALL)
      .click(80, 55)
      .down(...from)
      .expectPath('select.resizing');
    driver
      .move(...to)
      .up()
      .expectPath('select.idle')
      .expectBoxes(expected);
  });

  test('crossing the opposite edge turns the box over', () => {
    const driver = selecting(SMALL).click(80, 55);
    driver.drag([100, 70], [40, 30]).expectBoxes([40, 30, 20, 10]);
  });

  test('the area of a handle is 24 px, its edges can be grabbed everywhere', () => {
    selecting(BIG).click(30, 80).down(9, 9).expectPath('select.resizing');
    selecting(BIG).click(30, 80).down(31, 31).expectPath('select.resizing');
    selecting(BIG).click(30, 80).down(50, 24).expectPath('select.resizing');
    selecting(BIG).click(30, 80).down(50, 35).expectPath('select.moving');
  });

  test('a small box can still be moved by its middle', () => {
    const driver = selecting(box('tiny', 90, 40, 12, 12))
      .click(96, 46)
      .down(96, 46);
    driver.expectPath('select.moving').key('Escape').down(90, 40).expectPath('select.resizing');
  });

  test('an edge of an unselected box resizes at once', () => {
    const driver = selecting(BIG).drag([170, 70], [180, 70]).expectBoxes([20, 20, 160, 70]);
    driver.expectSelected('big');
  });

  test('stays inside of the image', () => {
    selecting(SMALL).click(80, 55).drag([100, 70], [300, 300]).expectBoxes([60, 40, 140, 60]);
  });

  test('Shift keeps the proportions, Alt the centre', () => {
    const driver = selecting(SMALL).click(80, 55).hold({ shiftKey: true });
    driver.drag([100, 70], [120, 70]).expectBoxes([60, 40, 60, 45]);
    const other = selecting(SMALL).click(80, 55).hold({ altKey: true });
    other.drag([100, 70], [105, 75]).expectBoxes([55, 35, 50, 40]);
  });

  test('below 2 px it springs back with a hint', () => {
    const driver = selecting(SMALL).click(80, 55).drag([100, 55], [61, 55]);
    driver.expectBoxes([60, 40, 40, 30]).expectPath('select.idle');
    expect(driver.hints).toEqual([{ code: 'too_small', minimum: 2 }]);
  });

  test('Escape puts the box and the selection back', () => {
    const driver = selecting(BIG).down(170, 70).move(180, 70).expectSelected('big');
    driver.key('Escape').expectPath('select.idle').expectSelected().expectSeen([20, 20, 150, 70]);
  });

  test('read-only shapes are selected but never changed', () => {
    const driver = new EditorDriver({ spans: [SMALL], readOnly: true });
    driver.click(80, 55).expectSelected('small').drag([100, 70], [120, 90]);
    driver.key('Delete').key('ArrowLeft').expectBoxes([60, 40, 40, 30]);
    driver.editor.setLabel('dog');
    expect(driver.editor.getSpans()[0]?.label).toBe('cat');
  });
});
