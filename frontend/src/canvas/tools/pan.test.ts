import { describe, expect, test } from 'vitest';
import { EditorDriver, box } from '../testing/EditorDriver';

describe('pan', () => {
  test('the hand drags the image', () => {
    const driver = new EditorDriver({ tool: 'pan' }).expectPath('pan.idle');
    driver.down(50, 50).expectPath('pan.dragging').move(60, 55).up().expectPath('pan.idle');
    expect(driver.editor.view.viewport.origin).toEqual({ x: 10, y: 5 });
    driver.expectBoxes();
  });

  test('Escape ends it', () => {
    const driver = new EditorDriver({ tool: 'pan' }).down(50, 50).move(60, 55).key('Escape');
    driver.expectPath('pan.idle').move(90, 90);
    expect(driver.editor.view.viewport.origin).toEqual({ x: 10, y: 5 });
  });

  test('the middle button pans with any tool', () => {
    const driver = new EditorDriver().down(50, 50, 1).expectPath('pan.dragging').move(60, 55);
    driver.up(1).expectPath('box.idle').expectBoxes();
    expect(driver.editor.view.viewport.origin).toEqual({ x: 10, y: 5 });
  });

  test('Space pans with any tool and tells a tap from a drag', () => {
    const driver = new EditorDriver();
    driver.editor.setPanHeld(true);
    driver.down(50, 50).expectPath('pan.dragging').move(60, 55).up().expectPath('box.idle');
    expect(driver.editor.setPanHeld(false)).toBe(true);
    driver.editor.setPanHeld(true);
    expect(driver.editor.setPanHeld(false)).toBe(false);
    driver.expectBoxes();
  });

  test('Space while drawing pans, then the drawing goes on', () => {
    const driver = new EditorDriver().down(20, 20).move(60, 40);
    driver.editor.setPanHeld(true);
    driver.expectPath('pan.dragging').move(70, 45);
    expect(driver.editor.view.viewport.origin).toEqual({ x: 10, y: 5 });
    driver.editor.setPanHeld(false);
    driver.expectPath('box.drawing').move(100, 80).up().expectBoxes([20, 20, 80, 60]);
  });

  test('the middle button while drawing pans, then the drawing goes on', () => {
    const driver = new EditorDriver().down(20, 20).move(60, 40).down(60, 40, 1);
    driver.expectPath('pan.dragging').move(70, 45).up(1).expectPath('box.drawing');
    driver.move(100, 80).up().expectBoxes([20, 20, 80, 60]);
  });

  test('letting the drawing go while Space is held draws it', () => {
    const driver = new EditorDriver().down(20, 20).move(60, 40);
    driver.editor.setPanHeld(true);
    driver.up().expectPath('box.idle').expectBoxes([20, 20, 40, 20]);
    driver.editor.setPanHeld(false);
    driver.expectPath('box.idle');
  });

  test('Escape while panning within a drawing cancels both', () => {
    const driver = new EditorDriver().down(20, 20).move(60, 40);
    driver.editor.setPanHeld(true);
    driver.key('Escape').expectPath('box.idle').expectSeen();
    driver.editor.setPanHeld(false);
    driver.expectPath('box.idle').up().expectBoxes();
  });

  test('arrows pan when nothing is selected', () => {
    const driver = new EditorDriver({ spans: [box('a', 20, 20, 40, 40)] }).key('ArrowRight');
    expect(driver.editor.view.viewport.origin).toEqual({ x: -64, y: 0 });
    driver.expectBoxes([20, 20, 40, 40]);
  });
});
