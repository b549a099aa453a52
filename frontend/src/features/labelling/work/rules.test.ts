import { expect, test } from 'vitest';
import { DRAWING, Editor } from '@/canvas';
import type { Attribute, Kind, Span } from '@/canvas';
import cases from '../../../../../tests/unit/datasets/domain/rule_cases.json';
import { breaches } from './rules';

test.each(cases)(
  '$name',
  ({ rules, drawing, kinds = {}, attributes = {}, spans, options, broken }) => {
    const wanted = { ...DRAWING, ...drawing } as typeof DRAWING;
    const labels = {
      kinds: new Map(Object.entries(kinds as Record<string, Kind[]>)),
      asked: new Map(Object.entries(attributes as Record<string, Attribute[]>)),
    };
    expect(breaches(rules, wanted, labels, { shapes: shapesOf(spans), options })).toEqual(broken);
  },
);

test('a flood of shapes is refused before each is compared with each', () => {
  const flood = Array.from({ length: 501 }, (_, n) => ({
    label: 'car',
    x: 20 * n,
    y: 0,
    width: 10,
    height: 10,
  }));
  const shapes = shapesOf(flood);
  const rules = { max_overlap: 0.5 };
  const none = { kinds: new Map<string, Kind[]>(), asked: new Map<string, Attribute[]>() };
  expect(breaches(rules, DRAWING, none, { shapes, options: null })).toEqual([
    {
      rule: 'max_overlap',
      detail: 'At most 500 shapes of one label can be checked for overlap.',
    },
  ]);
  const fewer = { shapes: shapes.slice(1), options: null };
  expect(breaches(rules, DRAWING, none, fewer)).toEqual([]);
});

function shapesOf(spans: readonly Span[]) {
  return new Editor({ image: { width: 100, height: 100 }, labels: [], spans }).state.shapes;
}
