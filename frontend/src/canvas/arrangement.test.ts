import { describe, expect, test } from 'vitest';
import { EditorDriver, box } from './testing/EditorDriver';

const BIG = box('big', 20, 20, 150, 70);
const SMALL = box('small', 60, 40, 40, 30);

function arranged(tool: 'box' | 'select' = 'select') {
  const driver = new EditorDriver({ spans: [BIG, SMALL], tool });
  return { driver, editor: driver.editor };
}

describe('a locked shape', () => {
  test('is clicked through, and neither moved nor resized', () => {
    const { driver, editor } = arranged();
    editor.lock(['small']);
    driver.click(80, 55).expectSelected('big');
    editor.select(['small']);
    driver.drag([100, 70], [120, 90]).drag([70, 50], [80, 60]);
    driver.expectBoxes([20, 20, 150, 70], [60, 40, 40, 30]);
  });

  test('keeps its place, label and being, while the rest of the selection changes', () => {
    const { driver, editor } = arranged();
    editor.lock(['small']);
    editor.select(['small', 'big']);
    driver.key('ArrowRight').expectBoxes([21, 20, 150, 70], [60, 40, 40, 30]);
    driver.expectSelected('small', 'big');
    editor.setLabel('dog');
    expect(editor.getSpans().map(({ label }) => label)).toEqual(['dog', 'cat']);
    editor.setRect('small', { x: 0, y: 0, width: 9, height: 9 });
    driver.key('Delete').expectBoxes([60, 40, 40, 30]).expectSelected('small');
  });

  test('stays where a drag moves the others', () => {
    const { driver, editor } = arranged();
    editor.lock(['small']);
    editor.select(['small', 'big']);
    driver.drag([45, 60], [50, 65]).expectBoxes([25, 25, 150, 70], [60, 40, 40, 30]);
  });

  test('is not taken by select all, and is freed by the same key', () => {
    const { driver, editor } = arranged();
    editor.select(['small']);
    editor.lock();
    editor.selectAll();
    driver.expectSelected('big');
    editor.select(['small']);
    editor.lock();
    driver.key('ArrowRight').expectBoxes([20, 20, 150, 70], [61, 40, 40, 30]);
  });

  test('without a selection all are freed', () => {
    const { editor } = arranged();
    editor.lock(['big', 'small']);
    editor.lock([]);
    expect([...editor.state.locked]).toEqual([]);
  });
});

describe('a concealed shape', () => {
  test('cannot be hit nor come to by Tab, and stays in the answer', () => {
    const { driver, editor } = arranged();
    editor.select(['small']);
    editor.conceal();
    driver.expectSelected().click(80, 55).expectSelected('big').key('Escape');
    driver.key('Tab').expectSelected('big').key('Tab').expectSelected();
    driver.expectBoxes([20, 20, 150, 70], [60, 40, 40, 30]);
    editor.conceal();
    driver.click(80, 55).expectSelected('small');
  });

  test('several: all are hidden unless all are already', () => {
    const { editor } = arranged();
    editor.conceal(['small']);
    editor.conceal(['small', 'big']);
    expect([...editor.state.concealed]).toEqual(['small', 'big']);
    editor.conceal(['small', 'big']);
    expect([...editor.state.concealed]).toEqual([]);
  });
});

describe('the stack', () => {
  test('the topmost of equals is hit; to the back and to the front are one step each', () => {
    const same = [box('a', 20, 20, 50, 50), box('b', 20, 20, 50, 50)];
    const driver = new EditorDriver({ spans: same, tool: 'select' });
    driver.click(40, 40).expectSelected('b');
    driver.editor.stack('back');
    expect(driver.editor.getSpans().map(({ id }) => id)).toEqual(['b', 'a']);
    driver.key('Escape').click(45, 45).expectSelected('a');
    driver.editor.undo();
    expect(driver.editor.getSpans().map(({ id }) => id)).toEqual(['a', 'b']);
    driver.editor.select(['a']);
    driver.editor.stack('front');
    expect(driver.editor.getSpans().map(({ id }) => id)).toEqual(['b', 'a']);
  });

  test('what is at the front already is no step', () => {
    const { editor } = arranged();
    editor.select(['small']);
    editor.stack('front');
    expect(editor.state.canUndo).toBe(false);
  });
});

describe('copying from the image before', () => {
  test('brings all its shapes as one step', () => {
    const { editor: before } = arranged();
    const clipboard = { shapes: [], previous: before.state.settled };
    const driver = new EditorDriver({ clipboard });
    driver.editor.copyPrevious();
    driver.expectBoxes([20, 20, 150, 70], [60, 40, 40, 30]).expectSelected('new1', 'new2');
    driver.editor.undo();
    driver.expectBoxes();
  });

  test('says that there is none', () => {
    const { driver, editor } = arranged();
    editor.copyPrevious();
    expect(driver.hints).toEqual([{ code: 'no_previous' }]);
  });
});
