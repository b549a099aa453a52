import { describe, expect, test } from 'vitest';
import { EditorDriver, box } from '../testing/EditorDriver';

describe('box.drawing', () => {
  test('is entered by a press and left by the release', () => {
    new EditorDriver()
      .expectPath('box.idle')
      .down(10, 10)
      .expectPath('box.drawing')
      .move(60, 40)
      .expectPath('box.drawing')
      .up()
      .expectPath('box.idle')
      .expectBoxes([10, 10, 50, 30])
      .expectSelected('new1');
  });

  test.each([
    [
      [10, 20],
      [60, 50],
    ],
    [
      [60, 50],
      [10, 20],
    ],
    [
      [10, 50],
      [60, 20],
    ],
    [
      [60, 20],
      [10, 50],
    ],
  ] as const)('a drag from %j to %j gives the same box', (from, to) => {
    new EditorDriver().drag(from, to).expectBoxes([10, 20, 50, 30]);
  });

  test('Escape leaves no trace', () => {
    const driver = new EditorDriver({ spans: [box('a', 100, 10, 50, 50)] });
    driver.click(120, 30).expectSelected('a');
    const before = driver.editor.state;
    driver.down(10, 10).move(60, 40).expectSeen([100, 10, 50, 50], [10, 10, 50, 30]);
    expect(driver.press('Escape')).toBe(true);
    driver.expectPath('box.idle').expectSelected('a').up();
    expect(driver.editor.state.shapes).toBe(before.shapes);
    expect(driver.editor.state.canUndo).toBe(false);
    expect(driver.editor.state.revision).toBe(0);
  });

  test.each(['Backspace', 'Delete', 'z'])('%s takes back what is being drawn', (key) => {
    const driver = new EditorDriver().down(10, 10).move(60, 40);
    driver.hold(key === 'z' ? { ctrlKey: true } : {}).key(key);
    driver.expectPath('box.idle').expectSeen();
  });

  test('a lone click draws nothing and selects', () => {
    const driver = new EditorDriver({ spans: [box('a', 20, 20, 50, 50)] });
    driver.click(40, 40).expectPath('box.idle').expectBoxes([20, 20, 50, 50]).expectSelected('a');
    driver.click(150, 80).expectSelected();
    expect(driver.editor.state.revision).toBe(0);
  });

  test('Shift draws a square, Alt draws from the centre, both do both', () => {
    new EditorDriver()
      .hold({ shiftKey: true })
      .drag([10, 10], [50, 30])
      .expectBoxes([10, 10, 40, 40]);
    new EditorDriver()
      .hold({ altKey: true })
      .drag([50, 50], [60, 55])
      .expectBoxes([40, 45, 20, 10]);
    new EditorDriver()
      .hold({ shiftKey: true, altKey: true })
      .drag([50, 50], [60, 55])
      .expectBoxes([40, 40, 20, 20]);
  });

  test('a modifier counts although the pointer rests', () => {
    new EditorDriver()
      .down(10, 10)
      .move(50, 30)
      .hold({ shiftKey: true })
      .key('Shift')
      .expectSeen([10, 10, 40, 40])
      .hold({})
      .key('Shift', 'keyup')
      .expectSeen([10, 10, 40, 20]);
  });

  test('a box stays inside of the image, a square stays one', () => {
    new EditorDriver().drag([150, 50], [260, 190]).expectBoxes([150, 50, 50, 50]);
    new EditorDriver().drag([-30, -30], [20, 20]).expectBoxes([0, 0, 20, 20]);
    new EditorDriver()
      .hold({ shiftKey: true })
      .drag([150, 80], [190, 90])
      .expectBoxes([150, 80, 20, 20]);
    new EditorDriver()
      .hold({ altKey: true })
      .drag([190, 50], [150, 60])
      .expectBoxes([180, 40, 20, 20]);
  });

  test('a corner near to the border lands on it', () => {
    new EditorDriver().drag([3, 3], [60, 97]).expectBoxes([0, 0, 60, 100]);
    new EditorDriver().drag([5, 5], [60, 95]).expectBoxes([5, 5, 55, 90]);
  });

  test('less than 2 px is refused with a hint', () => {
    const driver = new EditorDriver().drag([10, 10], [60, 11]).expectPath('box.idle').expectBoxes();
    expect(driver.hints).toEqual([{ code: 'too_small', minimum: 2 }]);
    expect(driver.editor.state.canUndo).toBe(false);
    driver.drag([10, 10], [60, 12]).expectBoxes([10, 10, 50, 2]);
  });

  test('draws over a large box that is not selected', () => {
    const driver = new EditorDriver({ spans: [box('a', 0, 0, 200, 100)] });
    driver.drag([40, 40], [80, 80]).expectBoxes([0, 0, 200, 100], [40, 40, 40, 40]);
  });

  test('draws inside of the box just drawn, and moves it once it was picked', () => {
    const driver = new EditorDriver().drag([10, 10], [150, 90]);
    driver.drag([40, 40], [80, 80]).expectBoxes([10, 10, 140, 80], [40, 40, 40, 40]);
    driver.click(60, 60).expectSelected('new2').down(60, 60).expectPath('select.moving');
    driver.move(70, 65).up().expectBoxes([10, 10, 140, 80], [50, 45, 40, 40]);
    driver.expectPath('box.idle');
  });

  test('handles and edges of the selection resize', () => {
    const driver = new EditorDriver().drag([20, 20], [100, 80]);
    driver.down(100, 80).expectPath('select.resizing').move(120, 90).up().expectPath('box.idle');
    driver.expectBoxes([20, 20, 100, 70]);
    driver.drag([20, 38], [10, 38]).expectBoxes([10, 20, 110, 70]);
  });

  test('the label in hand is the label of the box', () => {
    const driver = new EditorDriver();
    driver.editor.setLabel('dog');
    driver.drag([10, 10], [60, 40]);
    expect(driver.editor.getSpans()[0]?.label).toBe('dog');
  });

  test('zooming while drawing keeps the pressed corner', () => {
    const driver = new EditorDriver().down(40, 40).move(80, 60);
    driver.editor.view.wheel({ x: 80, y: 60, deltaX: 0, deltaY: -100 });
    driver.expectPath('box.drawing').move(90, 70).up();
    expect(driver.editor.getSpans()[0]).toMatchObject({ x: 40, y: 40 });
    expect(driver.editor.getSpans()[0]?.width).toBeCloseTo(50, 9);
  });

  test('is entered neither when read-only nor by the right button', () => {
    const driver = new EditorDriver({ readOnly: true }).expectPath('select.idle');
    driver.drag([10, 10], [60, 40]).expectBoxes();
    new EditorDriver().down(10, 10, 2).expectPath('box.idle');
  });
});

test('corners are true to half a pixel of the image at every zoom', () => {
  for (const zoom of [0.1, 1, 7.3, 40]) {
    const driver = new EditorDriver({ image: { width: 4000, height: 3000 } });
    driver.placeImage(zoom, 1000, 1000);
    const corner = driver.editor.view.viewport.toImage({ x: 150, y: 90 } as never);
    driver.down(1000, 1000).move(corner.x, corner.y).up();
    const [span] = driver.editor.getSpans();
    expect(span?.x).toBeCloseTo(1000, 6);
    expect((span?.x ?? 0) + (span?.width ?? 0)).toBeCloseTo(corner.x, 6);
    expect((span?.y ?? 0) + (span?.height ?? 0)).toBeCloseTo(corner.y, 6);
  }
});
