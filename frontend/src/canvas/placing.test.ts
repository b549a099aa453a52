import { expect, test } from 'vitest';
import { DRAWING } from './drawing';
import { EditorDriver, box } from './testing/EditorDriver';

test('a box is placed in the middle of what is in sight, selected and ready for the arrows', () => {
  const driver = new EditorDriver({ label: 'dog' });
  driver.editor.place();
  driver.expectBoxes([75, 38, 50, 25]).expectSelected('new1');
  expect(driver.editor.getSpans()[0]).toMatchObject({ type: 'rect', label: 'dog' });
  driver.key('ArrowRight').expectBoxes([76, 38, 50, 25]);
  driver.hold({ altKey: true }).key('ArrowDown').expectBoxes([76, 38, 50, 26]);
});

test('it is one step, and the place follows the view', () => {
  const driver = new EditorDriver().placeImage(10, 100, 50);
  driver.editor.place();
  driver.expectBoxes([108, 54, 5, 3]);
  driver.editor.undo();
  driver.expectBoxes();
});

test('on the border it stays inside of the image', () => {
  const driver = new EditorDriver().placeImage(4, -48, -23);
  driver.editor.place();
  const [placed] = driver.editor.getSpans();
  expect(placed?.x).toBeGreaterThanOrEqual(0);
  expect(placed?.width).toBeGreaterThanOrEqual(2);
});

test.each([
  ['polygon', DRAWING.shapes],
  ['polygon', ['polygon']],
  ['freehand', DRAWING.shapes],
] as const)('with the %s tool it is such an outline', (tool, shapes) => {
  const driver = new EditorDriver({ tool, drawing: { ...DRAWING, shapes } });
  driver.editor.place();
  expect(driver.editor.getSpans()).toMatchObject([{ type: tool, points: { length: 4 } }]);
});

test('while a shape is drawn, and where nothing may be edited, nothing is placed', () => {
  const driver = new EditorDriver().down(10, 10).move(50, 50);
  driver.editor.place();
  driver.up().expectBoxes([10, 10, 40, 40]);
  const fixed = new EditorDriver({ readOnly: true, spans: [box('a', 1, 1, 9, 9)] });
  fixed.editor.place();
  fixed.expectBoxes([1, 1, 9, 9]);
});
