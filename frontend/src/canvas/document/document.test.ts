import { describe, expect, test } from 'vitest';
import { styleLabels } from './labels';
import { shortTexts } from './shortTexts';
import { rectShape } from './shapes';
import type { Shape } from './shapes';
import { shapeFromSpan, spanFromShape } from './spans';
import { SpatialIndex } from './spatial';
import { DocumentStore } from './store';

const noId = () => 'made';

describe('spans', () => {
  test('a rectangle is written with all keys, its corners from the top left counter-clockwise', () => {
    const shape = shapeFromSpan(
      { id: 's', label: 'cat', x: 10, y: 20, width: 30, height: 40 },
      noId,
    );
    expect(spanFromShape(shape)).toEqual({
      id: 's',
      type: 'rect',
      label: 'cat',
      x: 10,
      y: 20,
      width: 30,
      height: 40,
      points: [
        [10, 20],
        [10, 60],
        [40, 60],
        [40, 20],
      ],
      center: [25, 40],
    });
  });

  test('a rectangle may come as corners in any order', () => {
    const points = [
      [40, 60],
      [10, 20],
      [40, 20],
      [10, 60],
    ];
    const span = spanFromShape(shapeFromSpan({ label: 'cat', points }, noId));
    expect(span).toMatchObject({ id: 'made', type: 'rect', x: 10, y: 20, width: 30, height: 40 });
  });

  test('unknown keys and odd numbers pass through', () => {
    const attributes = { occluded: true, nested: { deep: [1, null, 'ü'] } };
    const span = { id: 's', label: 'cat', x: 0.1, y: 1 / 3, width: 7.25, height: 1e-3 };
    const written = spanFromShape(shapeFromSpan({ ...span, attributes, score: 0.5 }, noId));
    expect(written).toMatchObject({ ...span, attributes, score: 0.5 });
  });

  test('a polygon keeps its points', () => {
    const points = [
      [0, 0],
      [40, 0],
      [0, 30],
    ];
    const written = spanFromShape(shapeFromSpan({ type: 'polygon', label: 'cat', points }, noId));
    expect(written).toMatchObject({ type: 'polygon', points, width: 40, center: [20, 15] });
  });

  test('a span without a place is refused', () => {
    expect(() => shapeFromSpan({ label: 'cat', x: 1, y: 2 }, noId)).toThrow('needs');
  });
});

describe('history', () => {
  const a = rectShape('a', 'cat', { x: 0, y: 0, width: 10, height: 10 });
  const b = rectShape('b', 'cat', { x: 20, y: 0, width: 10, height: 10 });

  function storeWith(...shapes: Shape[]) {
    let looks = 0;
    const store = new DocumentStore(
      () => undefined,
      () => ++looks,
    );
    store.load(shapes);
    return store;
  }

  test('undo and redo bring back shapes and selection', () => {
    const store = storeWith(a);
    store.select(['a']);
    store.edit({ ...store.state, shapes: [a, b], selection: ['b'] });
    store.edit({ ...store.state, shapes: [b], selection: [] });
    store.undo();
    expect(store.state).toEqual({ shapes: [a, b], selection: ['b'], values: {} });
    store.undo();
    expect(store.state).toEqual({ shapes: [a], selection: ['a'], values: {} });
    expect(store.undo()).toBeNull();
    store.redo();
    store.redo();
    expect(store.state).toEqual({ shapes: [b], selection: [], values: {} });
    expect(store.redo()).toBeNull();
  });

  test('undo and redo of a step tell where it was made, however often', () => {
    const store = storeWith(a);
    store.edit({ ...store.state, shapes: [a, b] });
    store.edit({ ...store.state, shapes: [b] });
    const told = [store.undo(), store.undo(), store.redo(), store.redo(), store.undo()];
    expect(told.map((step) => step?.where)).toEqual([2, 1, 1, 2, 2]);
  });

  test('an edit after undo drops what was ahead', () => {
    const store = storeWith();
    store.edit({ ...store.state, shapes: [a], selection: [] });
    store.undo();
    store.edit({ ...store.state, shapes: [b], selection: [] });
    expect(store.canRedo).toBe(false);
    expect(store.revision).toBe(3);
  });

  test('selecting and the same shapes are no steps', () => {
    const store = storeWith(a);
    store.select(['a']);
    store.edit({ ...store.state, selection: [] });
    expect(store.canUndo).toBe(false);
    expect(store.revision).toBe(0);
  });

  test('many previews are one step, cancelled they are none', () => {
    const store = storeWith();
    store.preview({ ...store.state, shapes: [a], selection: [] });
    store.preview({ ...store.state, shapes: [b], selection: [] });
    expect(store.settled.shapes).toEqual([]);
    store.complete();
    expect(store.settled.shapes).toEqual([b]);
    store.preview({ ...store.state, shapes: [a, b], selection: [] });
    store.cancel();
    expect(store.state.shapes).toEqual([b]);
    store.undo();
    expect(store.state.shapes).toEqual([]);
    expect(store.canUndo).toBe(false);
  });

  test('edits of one kind in a row share a step until the selection changes', () => {
    const store = storeWith();
    store.edit({ ...store.state, shapes: [a], selection: [] }, 'nudge');
    store.edit({ ...store.state, shapes: [b], selection: [] }, 'nudge');
    store.select([]);
    store.edit({ ...store.state, shapes: [a, b], selection: [] }, 'nudge');
    store.undo();
    expect(store.state.shapes).toEqual([b]);
    store.undo();
    expect(store.state.shapes).toEqual([]);
  });
});

describe('the spatial index', () => {
  test('finds what a look at every shape finds, in document order, after any change', () => {
    const index = new SpatialIndex();
    const all = Array.from({ length: 300 }, (_, position) =>
      rectShape(`s${String(position)}`, 'cat', {
        x: (position * 37) % 500,
        y: (position * 91) % 400,
        width: 5 + (position % 40),
        height: 5 + (position % 23),
      }),
    );
    const moved = all.map((shape, position) =>
      position % 7 === 0 ? { ...shape, rect: { ...shape.rect, x: 600 } } : shape,
    );
    for (const shapes of [all, moved, moved.slice(50), [...moved.slice(50)].reverse(), all]) {
      index.update(shapes);
      const area = { x: 100, y: 50, width: 500, height: 120 };
      const expected = shapes.filter(
        ({ rect }) =>
          rect.x <= 600 &&
          rect.x + rect.width >= 100 &&
          rect.y <= 170 &&
          rect.y + rect.height >= 50,
      );
      expect(index.search(area).map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    }
  });
});

describe('labels', () => {
  test('beyond nine have dashes and short texts, the first nine neither', () => {
    const labels = Array.from({ length: 100 }, (_, n) => ({ name: String(n), colour: '#123456' }));
    const styles = [...styleLabels(labels).values()];
    const plain = styles.map(({ dash, short }) => dash.length === 0 && short === '');
    const marked = styles.map(({ dash, short }) => dash.length > 0 && short !== '');
    expect([plain.indexOf(false), plain.lastIndexOf(true)]).toEqual([9, 8]);
    expect([marked.indexOf(true), marked.lastIndexOf(false)]).toEqual([9, 8]);
  });

  test('have short texts that tell them apart', () => {
    const names = ['traffic light', 'truck', 'train', 'Train', 'class 57', 'été', '象', '—'];
    expect(shortTexts(names)).toEqual(['TL', 'TR', 'TA', 'TI', '57', 'ÉT', '象0', '0']);
    const alike = Array.from({ length: 30 }, (_, n) => `sign ${'x'.repeat(n + 1)}`);
    expect(new Set(shortTexts(alike)).size).toBe(30);
  });

  test('keep the colour that the settings chose', () => {
    expect(styleLabels([{ name: 'cat', colour: '#123456' }]).get('cat')?.colour).toBe('#123456');
  });
});
