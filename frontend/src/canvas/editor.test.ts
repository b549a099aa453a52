import { describe, expect, test } from 'vitest';
import { Editor } from './editor';
import { screenPoint } from './geometry/points';
import type { EditorState } from './state';
import { EditorDriver, box } from './testing/EditorDriver';

const CAT = box('a', 40, 30, 40, 30);
const DOG = { ...box('b', 100, 30, 40, 30), label: 'dog' };

describe('keys', () => {
  test('arrows nudge by 1 px, with Shift by 10, as one step', () => {
    const driver = new EditorDriver({ spans: [CAT] }).click(60, 50);
    driver.key('ArrowRight').key('ArrowRight').hold({ shiftKey: true }).key('ArrowDown');
    driver.expectBoxes([42, 40, 40, 30]);
    driver.editor.undo();
    driver.expectBoxes([40, 30, 40, 30]).expectSelected('a');
  });

  test('Alt and an arrow move the right or bottom edge', () => {
    const driver = new EditorDriver({ spans: [CAT] }).click(60, 50).hold({ altKey: true });
    driver.key('ArrowRight').key('ArrowUp').expectBoxes([40, 30, 41, 29]);
    driver.hold({ altKey: true, shiftKey: true });
    for (let press = 0; press < 9; press += 1) driver.key('ArrowLeft');
    driver.expectBoxes([40, 30, 2, 29]);
  });

  test.each(['Delete', 'Backspace'])(
    '%s deletes the selection and else belongs to the page',
    (key) => {
      const driver = new EditorDriver({ spans: [CAT, DOG] }).click(60, 50);
      expect(driver.press(key)).toBe(true);
      driver.expectBoxes([100, 30, 40, 30]).expectSelected();
      expect(driver.press(key)).toBe(false);
    },
  );

  test('the page keeps its own keys', () => {
    const driver = new EditorDriver({ spans: [CAT] }).click(60, 50);
    for (const key of ['a', 'Enter', ' ', '1']) expect(driver.press(key)).toBe(false);
    driver.hold({ ctrlKey: true });
    for (const key of ['z', 'c', 'ArrowLeft']) expect(driver.press(key)).toBe(false);
  });
});

describe('commands', () => {
  test('a label goes to the selection and to the next shape', () => {
    const driver = new EditorDriver({ spans: [CAT] }).click(60, 50);
    driver.editor.setLabel('dog');
    driver.click(190, 90).drag([100, 10], [150, 60]);
    expect(driver.editor.getSpans().map(({ label }) => label)).toEqual(['dog', 'dog']);
    driver.editor.undo();
    driver.editor.undo();
    expect(driver.editor.getSpans().map(({ label }) => label)).toEqual(['cat']);
    expect(driver.editor.state.label).toBe('dog');
  });

  test('copies are pasted at the same place on the next image, cut to its size', () => {
    const clipboard = { shapes: [], previous: [] };
    const driver = new EditorDriver({ spans: [CAT, DOG], clipboard });
    driver.editor.selectAll();
    driver.editor.copy();
    const next = new EditorDriver({ image: { width: 90, height: 80 }, clipboard });
    next.editor.paste();
    next.expectBoxes([40, 30, 40, 30]).expectSelected('new1');
    next.editor.undo();
    next.expectBoxes();
  });

  test('a duplicate lies beside its original, is selected, and has an id of its own', () => {
    const driver = new EditorDriver({ spans: [CAT] });
    driver.editor.selectAll();
    driver.editor.duplicate();
    driver.expectBoxes([40, 30, 40, 30], [50, 40, 40, 30]).expectSelected('new1');
  });

  test('exact numbers are cut at the border and refused below 2 px', () => {
    const driver = new EditorDriver({ spans: [CAT] });
    driver.editor.setRect('a', { x: 190, y: 10, width: 50, height: 20 });
    driver.expectBoxes([190, 10, 10, 20]);
    driver.editor.setRect('a', { x: 190, y: 10, width: 1, height: 20 });
    driver.expectBoxes([190, 10, 10, 20]);
  });

  test('nothing edits while a gesture goes on', () => {
    const driver = new EditorDriver({ spans: [CAT] }).click(60, 50).down(60, 50).move(70, 50);
    expect(driver.editor.state.busy).toBe(true);
    driver.editor.deleteSelection();
    driver.editor.undo();
    driver.editor.setLabel('dog');
    driver.up().expectBoxes([50, 30, 40, 30]);
    expect(driver.editor.getSpans()[0]?.label).toBe('cat');
  });

  test('undo and redo look where each step was made, at its zoom', () => {
    const driver = new EditorDriver({ image: { width: 4000, height: 4000 } });
    driver.placeImage(1, 0, 0).drag([20, 20], [60, 60]);
    driver.placeImage(4, 3000, 3000).drag([3010, 3005], [3030, 3015]);
    driver.editor.view.fit();
    driver.editor.undo();
    driver.expectCorner(4, 3000, 3000).expectSelected('new1');
    driver.editor.undo();
    driver.expectCorner(1, 0, 0).expectSelected();
    driver.editor.view.fit();
    driver.editor.redo();
    driver.expectCorner(1, 0, 0).expectSelected('new1');
    driver.editor.redo();
    driver.expectCorner(4, 3000, 3000).expectSelected('new2');
  });

  test('undo shows what it changed even if that was out of sight', () => {
    const driver = new EditorDriver({
      image: { width: 4000, height: 4000 },
      spans: [box('a', 20, 20, 40, 40)],
    });
    driver.placeImage(1, 3000, 3000).editor.select(['a']);
    driver.editor.deleteSelection();
    driver.editor.undo();
    const { viewport } = driver.editor.state;
    expect(viewport.rectToScreen({ x: 20, y: 20, width: 40, height: 40 })).toMatchObject({
      x: 80,
      y: 30,
    });
  });

  test('undo looks at the same place in a window of another size', () => {
    const driver = new EditorDriver({ image: { width: 4000, height: 4000 } });
    driver.placeImage(2, 1000, 1000).drag([1010, 1010], [1060, 1040]);
    driver.editor.view.resize({ width: 300, height: 200 });
    driver.editor.view.fit();
    driver.editor.undo();
    driver.expectCorner(2, 975, 975);
    expect(driver.editor.state.viewport.view).toEqual({ width: 300, height: 200 });
  });

  test('undo of what was said beside the shapes moves nothing', () => {
    const driver = new EditorDriver();
    driver.editor.setValue('weather', 'rain');
    driver.placeImage(2, 50, 50).editor.undo();
    driver.expectCorner(2, 50, 50);
  });
});

describe('what is said beside the shapes', () => {
  test('shares one history with them', () => {
    const driver = new EditorDriver();
    const { editor } = driver;
    editor.setValue('weather', 0);
    driver.drag([20, 20], [60, 60]);
    editor.setValue('weather', 'rain');
    expect(editor.state.revision).toBe(3);
    editor.undo();
    expect(editor.state.values).toEqual({ weather: 0 });
    editor.undo();
    expect([editor.state.shapes.length, editor.state.values]).toEqual([0, { weather: 0 }]);
    editor.undo();
    expect(editor.state.values).toEqual({});
    editor.redo();
    editor.redo();
    expect([editor.state.shapes.length, editor.state.values]).toEqual([1, { weather: 0 }]);
  });

  test('a text is one step, however many letters it has', () => {
    const { editor } = new EditorDriver();
    for (const text of ['w', 'we', 'wet']) editor.setValue('note', text, 'text note');
    editor.undo();
    expect(editor.state.values).toEqual({});
  });

  test('is there where shapes are read-only, and taken back by undefined', () => {
    const { editor } = new EditorDriver({ readOnly: true, values: { weather: 1 } });
    editor.setValue('weather', undefined);
    expect(editor.state.values).toEqual({});
    editor.undo();
    expect(editor.state.values).toEqual({ weather: 1 });
    expect(editor.state.canUndo).toBe(false);
  });

  test('the same again is no step', () => {
    const { editor } = new EditorDriver({ values: { weather: 1 } });
    editor.setValue('weather', 1);
    editor.setValue('note', undefined);
    expect([editor.state.canUndo, editor.state.revision]).toEqual([false, 0]);
  });
});

describe('state', () => {
  test('is the same object until something changes, and its parts while they do not', () => {
    const { editor } = new EditorDriver({ spans: [CAT] });
    const before = editor.state;
    expect(editor.state).toBe(before);
    editor.view.zoomBy(2);
    expect(editor.state).not.toBe(before);
    expect(editor.state.shapes).toBe(before.shapes);
    expect(editor.state.selection).toBe(before.selection);
  });

  test('subscribers hear of every change until they leave', () => {
    const { editor } = new EditorDriver();
    const heard: EditorState[] = [];
    const leave = editor.subscribe((state) => heard.push(state));
    editor.setTool('select');
    expect(heard.at(-1)?.path).toBe('select.idle');
    leave();
    const count = heard.length;
    editor.setTool('box');
    expect(heard).toHaveLength(count);
  });

  test('revision counts finished changes and nothing else', () => {
    const driver = new EditorDriver({ spans: [CAT] }).click(60, 50);
    driver.editor.view.fit();
    driver.placeImage(1, 0, 0).down(120, 10).move(160, 60);
    expect(driver.editor.state.revision).toBe(0);
    expect(driver.editor.getSpans()).toHaveLength(1);
    driver.up();
    expect(driver.editor.state.revision).toBe(1);
    driver.editor.undo();
    expect(driver.editor.state.revision).toBe(2);
    driver.editor.load([]);
    expect(driver.editor.state.revision).toBe(0);
  });

  test('hover and cursor tell what a press would do', () => {
    const driver = new EditorDriver({ spans: [CAT] }).move(60, 45);
    expect(driver.editor.state).toMatchObject({ hover: 'a', cursor: 'crosshair' });
    driver.click(60, 45);
    expect(driver.editor.state.cursor).toBe('move');
    driver.move(80, 60);
    expect(driver.editor.state.cursor).toBe('nwse-resize');
    driver.tool('select').move(180, 90);
    expect(driver.editor.state).toMatchObject({ hover: null, cursor: 'default' });
    driver.editor.setPanHeld(true);
    expect(driver.editor.state.cursor).toBe('grab');
  });

  test('tags of a crowd are neither shown nor clickable', () => {
    const crowd = Array.from({ length: 500 }, (_, n) => box(`s${String(n)}`, n % 160, 50, 30, 40));
    expect(new EditorDriver({ spans: crowd }).editor.scene.tagsAll()).toBe(false);
    expect(new EditorDriver({ spans: crowd.slice(0, 50) }).editor.scene.tagsAll()).toBe(true);
    const close = new EditorDriver({ spans: crowd }).placeImage(8, 0, 45);
    expect(close.editor.scene.tagsAll()).toBe(true);
  });

  test('beyond nine labels a tag that has no room for the name is a short text', () => {
    const labels = Array.from({ length: 12 }, (_, n) => ({
      name: `a very long name ${'x'.repeat(n)}`,
    }));
    const spans = [0, 11].map((n, at) => ({
      ...box(`s${String(n)}`, 50 + 60 * at, 50, 20, 10),
      label: labels[n]?.name ?? '',
    }));
    const { scene } = new EditorDriver({ labels, spans }).editor;
    // 12 px letters of 7 px each between paddings of 5 px, above the box.
    const idAt = (x: number) => scene.tagAt(screenPoint(x, 40))?.id ?? null;
    expect([52, 111, 133, 135].map(idAt)).toEqual([null, 's11', 's11', null]);
  });
});

describe('layers', () => {
  const layers = [
    { id: 'agreed', faded: true, spans: [box('x', 40, 30, 40, 30)] },
    { id: 'A', name: 'A', spans: [box('v1', 100, 30, 40, 30)] },
    { id: 'B', name: 'B', visible: false, spans: [box('v2', 110, 30, 40, 30)] },
  ];

  test('are clicked but never selected, saved, or drawn over', () => {
    const driver = new EditorDriver({ readOnly: true });
    const picked: string[] = [];
    driver.editor.setLayers(layers);
    driver.editor.onPick(({ layer, shape }) => picked.push(`${layer} ${shape.id}`));
    driver.click(120, 50).click(60, 50).expectSelected();
    expect(picked).toEqual(['A v1']);
    expect(driver.editor.getSpans()).toEqual([]);
  });

  test('their shapes can be zoomed to', () => {
    const { editor } = new EditorDriver({ image: { width: 2000, height: 1000 } });
    editor.setLayers(layers);
    editor.zoomToShape('v2');
    const shown = editor.state.viewport.rectToScreen({ x: 110, y: 30, width: 40, height: 30 });
    expect(shown.height / 100).toBeCloseTo(1 / 3, 9);
    expect(shown.x + shown.width / 2).toBeCloseTo(100, 9);
  });
});

test('the sticky label is the first one unless another is asked for', () => {
  const options = { image: { width: 10, height: 10 }, labels: [{ name: 'cat' }, { name: 'dog' }] };
  expect(new Editor(options).state.label).toBe('cat');
  expect(new Editor({ ...options, label: 'dog' }).state.label).toBe('dog');
});
