import { describe, expect, it } from 'vitest';
import type { ModelVersion, Share } from '../api/models';
import { dotsOf, EDGE, HEIGHT, modelsOf, WIDTH } from './trend';

function version(name: string, precision: number | null, model = 'yolo'): ModelVersion {
  const nothing: Share = { count: 0, of: 0, value: null, low: null, high: null };
  return {
    model,
    version: name,
    first_at: '2026-11-29T12:00:00Z',
    predicted: 1,
    compared: 1,
    precision: { ...nothing, value: precision },
    recall: nothing,
    unchanged: nothing,
  };
}

describe('trend', () => {
  it('goes from the first version on the left to the last on the right', () => {
    const dots = dotsOf([version('1', 0), version('2', null), version('3', 1)], 'precision');
    expect(dots).toEqual([
      { x: EDGE, y: HEIGHT - EDGE, version: '1' },
      { x: WIDTH - EDGE, y: EDGE, version: '3' },
    ]);
  });

  it('keeps models apart', () => {
    const models = modelsOf([version('1', 0), version('1', 0, 'other'), version('2', 0)]);
    expect([...models].map(([model, own]) => [model, own.map((each) => each.version)])).toEqual([
      ['yolo', ['1', '2']],
      ['other', ['1']],
    ]);
  });
});
