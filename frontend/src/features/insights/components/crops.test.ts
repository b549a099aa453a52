import { describe, expect, it } from 'vitest';
import { cut, sources } from './crops';

describe('cut', () => {
  it('lays the image so that the place is in the middle, with some room around it', () => {
    // 100 x 50 with 40 % on each side: 180 pixels of the image fill 90 of the screen.
    const { scale, left, top, box } = cut([1000, 800], [400, 300, 500, 350], 90);
    expect(scale).toBeCloseTo(0.5);
    expect(left).toBeCloseTo(45 - 225);
    expect(top).toBeCloseTo(45 - 162.5);
    expect(box).toEqual({ left: 20, top: 32.5, width: 50, height: 25 });
  });

  it('shows a tiny place with its surroundings', () => {
    expect(cut([1000, 800], [10, 10, 14, 14], 96).scale).toBe(2);
  });

  it('shows the whole image where there is no place', () => {
    const { scale, box } = cut([1000, 800], null, 100);
    expect(scale).toBeCloseTo(0.1);
    expect(box).toBeNull();
  });
});

describe('sources', () => {
  it('asks for the thumbnail where that is sharp enough', () => {
    expect(sources('i', [1000, 800], 0.5)).toEqual(['/api/images/i/thumbnail/']);
  });

  it('asks for all pixels of a small place, and has the thumbnail to fall back on', () => {
    expect(sources('i', [2000, 1000], 1)).toEqual([
      '/api/images/i/file/',
      '/api/images/i/thumbnail/',
    ]);
  });

  it('asks for fewer pixels of a very large image first', () => {
    expect(sources('i', [6000, 4000], 1)[0]).toBe('/api/images/i/level/');
  });
});
