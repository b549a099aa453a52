import { expect, test } from 'vitest';
import { DRAWING } from '../canvas';
import type { EditorOptions } from '../canvas';
import { imagePoint, screenPoint } from '../canvas/geometry/points';
import { EditorDriver, box } from '../canvas/testing/EditorDriver';
import { Fingers } from './touch';

/** Fingers over an image of 200 x 100 px, one image px to one CSS px; `clock` is the time, ms. */
function hand(options: Partial<EditorOptions> = {}) {
  const driver = new EditorDriver(options);
  const clock = { now: 10_000 };
  const fingers = new Fingers(
    () => driver.editor,
    () => clock.now,
  );
  const at = (x: number, y: number) => ({ x, y, coarse: true });
  return {
    ...{ driver, clock, fingers, editor: driver.editor },
    press: (id: number, x: number, y: number) => fingers.press(id, at(x, y)),
    move: (id: number, x: number, y: number) => fingers.move(id, at(x, y)),
    lift: (id: number, x: number, y: number) => fingers.lift(id, at(x, y)),
  };
}

/** The image's point at (x, y) of the screen. */
function under({ editor }: ReturnType<typeof hand>, x: number, y: number) {
  return editor.view.viewport.toImage(screenPoint(x, y));
}

test('one finger draws from where it came down', () => {
  const { driver, press, move, lift } = hand();
  press(1, 10, 20);
  driver.expectPath('box.idle');
  move(1, 30, 30);
  driver.expectPath('box.drawing');
  move(1, 60, 60);
  lift(1, 60, 60);
  driver.expectPath('box.idle').expectBoxes([10, 20, 50, 40]);
});

test('a tap is a click at the place of the press, however the finger trembles', () => {
  const { driver, press, move, lift, editor } = hand({ spans: [box('a', 10, 10, 20, 20)] });
  press(1, 20, 20);
  move(1, 24, 23);
  lift(1, 24, 23);
  driver.expectSelected('a').expectBoxes([10, 10, 20, 20]);
  expect(editor.state.canUndo).toBe(false);
});

test('with the hand a finger pans', () => {
  const all = hand({ tool: 'pan' });
  all.press(1, 50, 50);
  all.move(1, 80, 60);
  all.lift(1, 80, 60);
  expect(under(all, 80, 60)).toMatchObject({ x: 50, y: 50 });
});

test('two fingers zoom about what is between them, and move it along', () => {
  const all = hand();
  all.press(1, 60, 50);
  all.press(2, 100, 50);
  all.move(2, 140, 50);
  expect(all.editor.view.viewport.zoom).toBeCloseTo(2);
  all.move(1, 80, 50);
  all.move(2, 160, 50);
  expect(all.editor.view.viewport.zoom).toBeCloseTo(2);
  const middle = under(all, 120, 50);
  expect(middle.x).toBeCloseTo(80);
  expect(middle.y).toBeCloseTo(50);
  all.lift(1, 80, 50);
  all.move(2, 20, 90);
  all.lift(2, 20, 90);
  all.driver.expectPath('box.idle').expectBoxes();
});

test.each(['before it moved', 'while it draws'])(
  'a second finger leaves no trace of the first one %s',
  (when) => {
    const { driver, press, move, lift, editor } = hand({ spans: [box('a', 150, 60, 20, 20)] });
    editor.select(['a']);
    press(1, 10, 10);
    if (when === 'while it draws') move(1, 60, 60);
    press(2, 100, 60);
    driver.expectPath('box.idle').expectSeen([150, 60, 20, 20]).expectSelected('a');
    move(1, 30, 80);
    lift(1, 30, 80);
    move(2, 120, 60);
    lift(2, 120, 60);
    driver.expectPath('box.idle').expectBoxes([150, 60, 20, 20]);
    expect(editor.state.canUndo).toBe(false);
    expect(editor.state.canRedo).toBe(false);
  },
);

test('the corner that was set stays while two fingers look around, and the next tap ends the box', () => {
  const all = hand({ drawing: { ...DRAWING, boxBy: 'corners' } });
  all.press(1, 10, 10);
  all.lift(1, 10, 10);
  all.driver.expectPath('box.corners');
  all.press(1, 60, 50);
  all.press(2, 100, 50);
  all.move(2, 140, 50);
  all.lift(2, 140, 50);
  all.lift(1, 60, 50);
  all.driver.expectPath('box.corners');
  const end = all.editor.view.viewport.toScreen(under(all, 150, 90));
  const corner = under(all, end.x, end.y);
  all.press(1, end.x, end.y);
  all.lift(1, end.x, end.y);
  all.driver.expectBoxes([10, 10, corner.x - 10, corner.y - 10]);
});

test('a line drawn by hand into a polygon is forgotten, its corners stay', () => {
  const { driver, press, move, lift, editor } = hand({ tool: 'polygon' });
  for (const [x, y] of [
    [10, 10],
    [60, 10],
  ] as const) {
    press(1, x, y);
    lift(1, x, y);
  }
  press(1, 60, 60);
  move(1, 80, 70);
  move(1, 90, 50);
  press(2, 150, 50);
  move(2, 151, 50);
  lift(2, 151, 50);
  lift(1, 90, 50);
  driver.expectPath('polygon.drawing');
  const corner = editor.view.viewport.toScreen(imagePoint(60, 60));
  press(1, corner.x, corner.y);
  lift(1, corner.x, corner.y);
  driver.key('Enter');
  const [shape] = editor.getSpans();
  expect(shape?.points.map(([x, y]) => [Math.round(x), Math.round(y)])).toEqual([
    [10, 10],
    [60, 10],
    [60, 60],
  ]);
});

test('an image pinched smaller than it fits goes back to its place', () => {
  const all = hand();
  all.editor.view.fit();
  const { zoom } = all.editor.view.viewport;
  all.press(1, 50, 50);
  all.press(2, 150, 50);
  all.move(2, 90, 50);
  expect(all.editor.view.viewport.zoom).toBeLessThan(zoom);
  all.lift(1, 50, 50);
  expect(all.editor.view.viewport.fits).toBe(true);
});

test('what the browser takes away leaves no trace', () => {
  const { driver, press, move, fingers } = hand();
  press(1, 10, 10);
  move(1, 60, 60);
  fingers.lose(1);
  driver.expectPath('box.idle').expectBoxes();
});

test('a palm beside the pen does nothing, and what it did before the pen came is undone', () => {
  const { driver, press, move, lift, fingers, clock } = hand();
  press(1, 10, 10);
  move(1, 60, 60);
  fingers.penComes();
  driver.expectPath('box.idle').expectSeen();
  move(1, 70, 70);
  press(2, 100, 50);
  move(2, 150, 90);
  lift(2, 150, 90);
  fingers.penGoes();
  clock.now += 1_000;
  press(3, 20, 20);
  move(3, 80, 80);
  lift(3, 80, 80);
  driver.expectSeen();
  clock.now += 3_000;
  press(4, 20, 20);
  move(4, 80, 80);
  lift(4, 80, 80);
  driver.expectBoxes([20, 20, 60, 60]);
});

test('right after the pen two fingers already look around', () => {
  const { press, move, fingers, editor } = hand();
  fingers.penComes();
  fingers.penGoes();
  press(1, 60, 50);
  press(2, 100, 50);
  move(2, 140, 50);
  expect(editor.view.viewport.zoom).toBeCloseTo(2);
});

test('a finger grabs handles from farther away than a mouse', () => {
  const spans = [box('a', 50, 30, 100, 50)];
  const beside = { x: 50 - 18, y: 30 - 18 };
  const mouse = new EditorDriver({ spans });
  mouse.editor.select(['a']);
  mouse.drag([beside.x, beside.y], [beside.x + 10, beside.y + 10]);
  expect(mouse.editor.getSpans()).toHaveLength(2);
  const { driver, press, move, lift, editor } = hand({ spans });
  editor.select(['a']);
  press(1, beside.x, beside.y);
  move(1, beside.x + 10, beside.y + 10);
  lift(1, beside.x + 10, beside.y + 10);
  driver.expectBoxes([60, 40, 90, 40]);
  expect(editor.state.coarse).toBe(true);
});
