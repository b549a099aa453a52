import { expect, test } from 'vitest';
import type { Conflict, MergedObject, ReviewTask } from '../api/reviews';
import { bandOf, layersOf } from './layers';

const span = (x: number, width: number) => ({
  id: `at ${x}`,
  type: 'rect',
  x,
  y: 0,
  width,
  height: 10,
});
const object = (edges: number[] | null, type = 'rect') =>
  ({
    span: { ...span(100, 50), type },
    label: 'stop',
    edge_sd: edges,
    members: [],
  }) as never as MergedObject;

test('the band of a box is one deviation outward and inward', () => {
  const [outer, inner] = bandOf(object([4, 1, 6, 1]));
  expect(outer).toMatchObject({ x: 96, y: -1, width: 60, height: 12 });
  expect(inner).toMatchObject({ x: 104, y: 1, width: 40, height: 8 });
});

test('what agrees to half a pixel, was drawn by one or is an outline has no band', () => {
  expect(bandOf(object([0.4, 0, 0, 0]))).toEqual([]);
  expect(bandOf(object(null))).toEqual([]);
  expect(bandOf(object([4, 4, 4, 4], 'polygon'))).toEqual([]);
  expect(bandOf(object([4, 9, 4, 9]))).toHaveLength(1); // nothing is left inside
});

test('what came too late is shown where the conflict is, and all of it on the whole image', () => {
  const task = {
    merge: { objects: [object(null)] },
    conflicts: [],
    versions: [{ key: 'A', late: true, spans: [span(120, 10), span(300, 10)] }],
  } as unknown as ReviewTask;
  const late = (conflict?: Partial<Conflict>) =>
    layersOf(task, conflict as Conflict | undefined, new Map(), null).find(
      ({ id }) => id === 'A late',
    );
  expect(late({ object: 0 })?.spans).toHaveLength(1);
  expect(late()?.spans).toHaveLength(2);
});
