import { expect, test } from 'vitest';
import type { Conflict, ReviewTask } from '../api/reviews';
import { movedEdges, reworkedLayers } from './reworked';

const box = (x: number, width: number) => ({ x, y: 0, width, height: 10, points: [[x, 0]] });

test('edges are told that moved by half a pixel or more, to the right positive', () => {
  expect(movedEdges(box(10, 80), box(10, 40))).toEqual([{ edge: 'right', px: '−40' }]);
  expect(movedEdges(box(10, 80), box(12.6, 77.6))).toEqual([{ edge: 'left', px: '+3' }]);
  expect(movedEdges(box(10, 80), box(10.4, 80))).toEqual([]);
});

test('a conflict shows the changes that touch its object, the whole image all of them', () => {
  const changes = [
    { kind: 'moved', before: box(0, 20), after: box(0, 10) },
    { kind: 'added', before: null, after: box(500, 10) },
    { kind: 'answer', before: 'reject', after: 'accept' },
  ];
  const task = {
    merge: { objects: [{ span: box(5, 10) }] },
    reworked: [{ version: 'A', changes }],
  } as unknown as ReviewTask;
  const names = { before: (key: string) => `${key} then`, now: (key: string) => key };
  const shown = (conflict?: Partial<Conflict>) =>
    reworkedLayers(task, conflict as Conflict | undefined, names).map(({ spans }) => spans.length);
  expect(shown({ object: 0 })).toEqual([1, 1]);
  expect(shown()).toEqual([1, 2]);
});
