import { describe, expect, test } from 'vitest';
import { EditorDriver } from '../testing/EditorDriver';

const SQUARE = {
  id: 'p',
  type: 'polygon',
  label: 'cat',
  note: 'kept',
  points: [
    [40, 20],
    [100, 20],
    [100, 80],
    [40, 80],
  ],
};

function selected() {
  const driver = new EditorDriver({ spans: [SQUARE], tool: 'select' });
  return driver.click(70, 50).expectSelected('p');
}

describe('select.vertex', () => {
  test('a drag moves the corner as one step', () => {
    const driver = selected().down(102, 81).expectPath('select.vertex').move(120, 90);
    driver
      .up()
      .expectPath('select.idle')
      .expectOutlines([
        [40, 20],
        [100, 20],
        [120, 90],
        [40, 80],
      ]);
    expect(driver.editor.getSpans()[0]).toMatchObject({ note: 'kept', x: 40, width: 80 });
    driver.editor.undo();
    driver.expectOutlines([
      [40, 20],
      [100, 20],
      [100, 80],
      [40, 80],
    ]);
    expect(driver.editor.state.canUndo).toBe(false);
  });

  test('a drag on an edge pulls a new corner out of it, a click puts one there', () => {
    const pulled = selected().drag([70, 21], [70, 5]);
    pulled.expectOutlines([
      [40, 20],
      [70, 5],
      [100, 20],
      [100, 80],
      [40, 80],
    ]);
    selected()
      .click(38, 50)
      .expectOutlines([
        [40, 20],
        [100, 20],
        [100, 80],
        [40, 80],
        [40, 50],
      ]);
  });

  test('a click with Alt takes a corner away, but not the third last', () => {
    const driver = selected().hold({ altKey: true }).click(100, 80).hold({});
    driver.expectOutlines([
      [40, 20],
      [100, 20],
      [40, 80],
    ]);
    driver.hold({ altKey: true }).click(100, 20).expectPath('select.idle');
    expect(driver.hints).toEqual([{ code: 'too_few', minimum: 3 }]);
    expect(driver.editor.getSpans()[0]?.points).toHaveLength(3);
  });

  test('Escape leaves no trace', () => {
    const driver = selected().down(100, 80).move(120, 90).key('Escape').expectPath('select.idle');
    driver.up().expectOutlines(SQUARE.points);
    expect(driver.editor.state.canUndo).toBe(false);
  });

  test('a click picks a corner: arrows move it, Delete takes it away', () => {
    const driver = selected().click(100, 80).key('ArrowRight').key('ArrowRight').key('ArrowDown');
    driver.expectOutlines([
      [40, 20],
      [100, 20],
      [102, 81],
      [40, 80],
    ]);
    driver.editor.undo();
    driver.expectOutlines(SQUARE.points).key('Delete');
    driver.expectOutlines([
      [40, 20],
      [100, 20],
      [40, 80],
    ]);
    expect(driver.hints).toEqual([]);
  });

  test('corners are picked one after the other without a pointer', () => {
    const driver = new EditorDriver({ spans: [SQUARE], tool: 'select' }).key('Tab');
    const picked = () => driver.editor.state.vertex;
    expect(picked()).toBeNull();
    driver.editor.selectVertex(1);
    expect(picked()).toBe(0);
    driver.editor.selectVertex(-1);
    expect(picked()).toBe(3);
    driver.key('Escape');
    expect(picked()).toBeNull();
    driver.key('Tab').key('ArrowRight').expectSeen([41, 20, 60, 60]);
  });

  test('the last three corners stay', () => {
    const driver = selected().click(100, 80).key('Delete').click(100, 20).key('Delete');
    expect(driver.editor.getSpans()[0]?.points).toHaveLength(3);
    expect(driver.hints).toEqual([{ code: 'too_few', minimum: 3 }]);
  });

  test('corners stay inside of the image', () => {
    selected()
      .drag([100, 80], [400, 400])
      .expectOutlines([
        [40, 20],
        [100, 20],
        [200, 100],
        [40, 80],
      ]);
  });

  test('read-only outlines have no corners to pull', () => {
    const driver = new EditorDriver({ spans: [SQUARE], readOnly: true }).click(70, 50);
    driver.drag([100, 80], [120, 90]).expectOutlines(SQUARE.points);
  });
});
