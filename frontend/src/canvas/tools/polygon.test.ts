import { describe, expect, test } from 'vitest';
import { DRAWING } from '../drawing';
import { EditorDriver, box } from '../testing/EditorDriver';

function drawing(options: ConstructorParameters<typeof EditorDriver>[0] = {}) {
  return new EditorDriver({ tool: 'polygon', ...options });
}

function triangle() {
  return drawing().click(20, 20).click(80, 20).click(80, 60);
}

describe('polygon.drawing', () => {
  test('is entered by a click and left by a click on the first corner', () => {
    const driver = drawing().expectPath('polygon.idle').click(20, 20).expectPath('polygon.drawing');
    driver.click(80, 20).click(80, 60).expectOutlines().click(22, 21).expectPath('polygon.idle');
    driver.expectOutlines([
      [20, 20],
      [80, 20],
      [80, 60],
    ]);
    driver.expectSelected('new1');
    expect(driver.editor.getSpans()[0]).toMatchObject({ type: 'polygon', label: 'cat' });
  });

  test('a double click closes without a doubled corner', () => {
    const driver = drawing().click(20, 20).click(80, 20).click(80, 60).click(80, 60);
    driver.expectPath('polygon.idle').expectOutlines([
      [20, 20],
      [80, 20],
      [80, 60],
    ]);
  });

  test('a double click at the start is one corner', () => {
    const driver = drawing().click(20, 20).click(21, 20).expectPath('polygon.drawing');
    driver
      .click(80, 20)
      .click(80, 60)
      .key('Enter')
      .expectOutlines([
        [20, 20],
        [80, 20],
        [80, 60],
      ]);
    expect(driver.hints).toEqual([]);
  });

  test('Enter closes', () => {
    triangle()
      .key('Enter')
      .expectPath('polygon.idle')
      .expectOutlines([
        [20, 20],
        [80, 20],
        [80, 60],
      ]);
  });

  test('two corners are too few, and stay', () => {
    const driver = drawing().click(20, 20).click(80, 20).key('Enter');
    driver.expectPath('polygon.drawing').expectOutlines();
    expect(driver.hints).toEqual([{ code: 'too_few', minimum: 3 }]);
    driver.click(80, 60).key('Enter').expectPath('polygon.idle');
  });

  test('Escape leaves no trace', () => {
    const driver = drawing({ spans: [box('a', 120, 30, 50, 50)] });
    driver.editor.select(['a']);
    driver.click(20, 20).click(80, 20).click(80, 60).key('Escape').expectPath('polygon.idle');
    driver.expectSelected('a').expectSeen([120, 30, 50, 50]);
    expect(driver.editor.state.canUndo).toBe(false);
  });

  test.each(['Backspace', 'Ctrl Z'])('%s takes back the last corner, at last all', (way) => {
    const back = (driver: EditorDriver) => {
      if (way === 'Backspace') driver.key('Backspace');
      else driver.hold({ ctrlKey: true }).key('z').hold({});
    };
    const driver = triangle();
    back(driver);
    driver
      .click(20, 60)
      .key('Enter')
      .expectOutlines([
        [20, 20],
        [80, 20],
        [20, 60],
      ]);
    driver.editor.undo();
    driver.click(20, 20).click(80, 20);
    back(driver);
    driver.expectPath('polygon.drawing');
    back(driver);
    driver.expectPath('polygon.idle').expectSeen();
  });

  test('the next corner is seen before the click', () => {
    drawing().click(20, 20).click(80, 20).move(80, 60).expectSeen([20, 20, 60, 40]);
  });

  test('is one step, which undo takes back', () => {
    const driver = triangle().key('Enter');
    driver.editor.undo();
    driver.expectOutlines();
    expect(driver.editor.state.canUndo).toBe(false);
    driver.editor.redo();
    expect(driver.editor.getSpans()).toHaveLength(1);
  });

  test('Space and the middle button pan in between, the corners stay', () => {
    const driver = drawing().placeImage(2, 20, 20).click(30, 30).click(60, 30);
    driver.editor.setPanHeld(true);
    driver.expectPath('pan.dragging').move(70, 40);
    driver.editor.setPanHeld(false);
    driver.expectPath('polygon.drawing').down(60, 40, 1).expectPath('pan.dragging').move(62, 42);
    driver
      .up(1)
      .expectPath('polygon.drawing')
      .click(60, 50)
      .key('Enter')
      .expectOutlines([
        [30, 30],
        [60, 30],
        [60, 50],
      ]);
  });

  test('Ctrl Z while panning takes back one corner, not all', () => {
    const driver = triangle();
    driver.editor.setPanHeld(true);
    driver.hold({ ctrlKey: true }).key('z').hold({});
    driver.editor.setPanHeld(false);
    driver
      .expectPath('polygon.drawing')
      .click(20, 60)
      .key('Enter')
      .expectOutlines([
        [20, 20],
        [80, 20],
        [20, 60],
      ]);
  });

  test('a drag is a line drawn by hand, with no point too many', () => {
    const driver = drawing().click(20, 20).down(80, 20);
    for (let y = 21; y <= 60; y += 1) driver.move(80, y);
    driver
      .up()
      .click(20, 60)
      .key('Enter')
      .expectOutlines([
        [20, 20],
        [80, 20],
        [80, 60],
        [20, 60],
      ]);
  });

  test('corners stay inside of the image and snap to its border and to other corners', () => {
    const driver = drawing({ spans: [box('a', 100, 40, 50, 50)] });
    driver
      .click(-50, 3)
      .click(103, 44)
      .click(60, 300)
      .key('Enter')
      .expectOutlines([
        [0, 0],
        [100, 40],
        [60, 100],
      ]);
  });

  test('with Alt nothing snaps', () => {
    const driver = drawing({ spans: [box('a', 100, 40, 50, 50)] }).click(20, 20);
    driver.hold({ altKey: true }).click(103, 44).hold({}).click(20, 60).key('Enter');
    driver.expectOutlines([
      [20, 20],
      [103, 44],
      [20, 60],
    ]);
  });

  test('the next outline starts on a corner of the one just drawn; a drag there corrects it', () => {
    const driver = triangle().key('Enter').click(80, 20).expectPath('polygon.drawing');
    driver.click(120, 20).click(120, 60).key('Enter');
    driver.drag([120, 60], [130, 70]).expectOutlines(
      [
        [20, 20],
        [80, 20],
        [80, 60],
      ],
      [
        [80, 20],
        [120, 20],
        [130, 70],
      ],
    );
  });

  test('a click on a tag selects, as one with Shift does', () => {
    const driver = drawing({ spans: [box('a', 100, 40, 50, 50)] });
    driver.click(104, 30).expectPath('polygon.idle').expectSelected('a').key('Escape');
    driver.hold({ shiftKey: true }).click(120, 60).expectPath('polygon.idle').expectSelected('a');
  });

  test('another tool or label button does not lose what is drawn', () => {
    const driver = triangle().tool('box').expectPath('polygon.drawing');
    driver.key('Enter').expectOutlines([
      [20, 20],
      [80, 20],
      [80, 60],
    ]);
  });
});

describe('an outline that crosses itself', () => {
  const bow = (crossing: 'allow' | 'warn' | 'refuse') =>
    drawing({ drawing: { ...DRAWING, crossing } })
      .click(20, 20)
      .click(80, 60)
      .click(80, 20)
      .click(20, 60)
      .key('Enter');

  test('is let through', () => {
    const driver = bow('allow').expectPath('polygon.idle');
    expect(driver.hints).toEqual([]);
  });

  test('is warned of', () => {
    const driver = bow('warn').expectPath('polygon.idle');
    expect(driver.hints).toEqual([{ code: 'crossing' }]);
    expect(driver.editor.getSpans()).toHaveLength(1);
  });

  test('is refused, and its corners can be taken back', () => {
    const driver = bow('refuse').expectPath('polygon.drawing').expectOutlines();
    expect(driver.hints).toEqual([{ code: 'crossing_refused' }]);
    driver.key('Backspace').key('Enter').expectPath('polygon.idle');
  });

  test('cannot be made by pulling a corner', () => {
    const driver = drawing({ drawing: { ...DRAWING, crossing: 'refuse' } });
    driver.click(20, 20).click(80, 20).click(80, 60).click(20, 60).key('Enter');
    driver.drag([80, 60], [50, 10]);
    driver.expectOutlines([
      [20, 20],
      [80, 20],
      [80, 60],
      [20, 60],
    ]);
    expect(driver.hints).toEqual([{ code: 'crossing_refused' }]);
  });
});
