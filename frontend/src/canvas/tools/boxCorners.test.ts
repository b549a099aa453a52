import { describe, expect, test } from 'vitest';
import { DRAWING } from '../drawing';
import { EditorDriver, box } from '../testing/EditorDriver';

const corners = (options: ConstructorParameters<typeof EditorDriver>[0] = {}) =>
  new EditorDriver({ drawing: { ...DRAWING, boxBy: 'corners' }, ...options });

describe('box.corners', () => {
  test('is entered by a press and left by the second click', () => {
    corners()
      .expectPath('box.idle')
      .down(10, 10)
      .expectPath('box.corners')
      .up()
      .expectPath('box.corners')
      .move(40, 30)
      .expectSeen([10, 10, 30, 20])
      .move(60, 40)
      .down(60, 40)
      .expectPath('box.corners')
      .up()
      .expectPath('box.idle')
      .expectBoxes([10, 10, 50, 30])
      .expectSelected('new1');
  });

  test('is left by the release of a drag', () => {
    corners().drag([60, 40], [10, 10]).expectPath('box.idle').expectBoxes([10, 10, 50, 30]);
  });

  test('a finger that taps twice moves nowhere in between', () => {
    corners().down(10, 10).up().down(60, 40).up().expectBoxes([10, 10, 50, 30]);
  });

  test('two clicks at one place are one', () => {
    const driver = corners().click(10, 10).click(11, 10).expectPath('box.corners').expectSeen();
    driver.click(60, 40).expectBoxes([10, 10, 50, 30]);
  });

  test.each(['Escape', 'Delete', 'Backspace', 'z'])('%s leaves no trace', (key) => {
    const driver = corners({ spans: [box('a', 100, 10, 50, 50)] });
    driver.editor.select(['a']);
    const before = driver.editor.state;
    driver.click(10, 10).move(60, 40);
    expect(driver.hold({ ctrlKey: key === 'z' }).press(key)).toBe(true);
    driver.expectPath('box.idle').expectSelected('a');
    expect(driver.editor.state.shapes).toBe(before.shapes);
    expect(driver.editor.state.canUndo).toBe(false);
  });

  test('is one step of the history', () => {
    const driver = corners().click(10, 10).click(60, 40);
    driver.editor.undo();
    driver.expectBoxes();
    expect(driver.editor.state.canUndo).toBe(false);
  });

  test('Shift draws a square, Alt from the centre', () => {
    corners().click(10, 10).hold({ shiftKey: true }).click(50, 30).expectBoxes([10, 10, 40, 40]);
    corners().click(50, 50).hold({ altKey: true }).click(60, 55).expectBoxes([40, 45, 20, 10]);
  });

  test('Space pans in between and the next click is the corner', () => {
    const driver = corners().click(10, 10).move(30, 20);
    driver.editor.setPanHeld(true);
    driver.expectPath('pan.dragging').move(40, 30).expectPath('pan.dragging');
    driver.editor.setPanHeld(false);
    driver.expectPath('box.corners').click(60, 40).expectBoxes([10, 10, 50, 30]);
  });

  test('drags of the main button while Space is held pan and set no corner', () => {
    const driver = corners().click(10, 10).move(30, 20);
    driver.editor.setPanHeld(true);
    driver.drag([30, 20], [40, 30]).drag([40, 30], [50, 40]).expectPath('pan.dragging');
    driver.editor.setPanHeld(false);
    driver.expectPath('box.corners').expectBoxes();
    driver.click(60, 40).expectBoxes([10, 10, 50, 30]);
  });

  test('a button that is let go after Space sets no corner', () => {
    const driver = corners().click(10, 10).move(30, 20);
    driver.editor.setPanHeld(true);
    driver.down(30, 20).move(40, 30);
    driver.editor.setPanHeld(false);
    driver.up().expectPath('box.corners').expectBoxes();
  });

  test('a label chosen in between is the label of the box', () => {
    const driver = corners().click(10, 10);
    driver.editor.setLabel('dog');
    expect(driver.click(60, 40).editor.getSpans()[0]?.label).toBe('dog');
  });

  test('less than 2 px is refused with a hint', () => {
    const driver = corners().click(10, 10).click(60, 11).expectPath('box.idle').expectBoxes();
    expect(driver.hints).toEqual([{ code: 'too_small', minimum: 2 }]);
  });

  test('draws over other shapes; Ctrl selects one with a click', () => {
    const driver = corners({ spans: [box('a', 0, 0, 200, 100)] });
    driver.click(40, 40).click(80, 80).expectBoxes([0, 0, 200, 100], [40, 40, 40, 40]);
    driver.key('Escape').hold({ ctrlKey: true }).click(150, 50).expectSelected('a');
  });
});

describe('from the centre', () => {
  const centred = { ...DRAWING, fromCentre: true };

  test('is what a drag does where the dataset says so, and Alt undoes it', () => {
    new EditorDriver({ drawing: centred }).drag([50, 50], [60, 55]).expectBoxes([40, 45, 20, 10]);
    new EditorDriver({ drawing: centred })
      .hold({ altKey: true })
      .drag([10, 10], [60, 40])
      .expectBoxes([10, 10, 50, 30]);
  });

  test('is what the second click does too', () => {
    const drawing = { ...centred, boxBy: 'corners' as const };
    new EditorDriver({ drawing }).click(50, 50).click(60, 55).expectBoxes([40, 45, 20, 10]);
  });
});
