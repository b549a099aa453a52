import { expect, test } from 'vitest';
import { FAR_ENOUGH, Swipe } from './swipe';

const at = (x: number, y: number, id = 1) => ({ id, x, y });

function swiped(...way: readonly (readonly [number, number])[]) {
  const swipe = new Swipe();
  swipe.down(at(200, 300));
  const last = way.at(-1) ?? [0, 0];
  for (const [dx, dy] of way) swipe.move(at(200 + dx, 300 + dy));
  return swipe.up(at(200 + last[0], 300 + last[1]));
}

test('each direction is an answer, but down is none', () => {
  expect(swiped([100, 10])).toBe('accept');
  expect(swiped([-100, 10])).toBe('reject');
  expect(swiped([10, -100])).toBe('ignore');
  expect(swiped([10, 100])).toBeNull();
});

test('it must go far enough, and straight', () => {
  expect(swiped([FAR_ENOUGH - 1, 0])).toBeNull();
  expect(swiped([FAR_ENOUGH, 0])).toBe('accept');
  expect(swiped([90, 80])).toBeNull();
  expect(swiped()).toBeNull();
});

test('going back takes it back', () => {
  expect(swiped([120, 0], [20, 0])).toBeNull();
  expect(swiped([120, 0], [-90, 0])).toBe('reject');
});

test('the way is told while the finger is on it', () => {
  const swipe = new Swipe();
  expect(swipe.down(at(0, 0))).toBeNull();
  expect(swipe.move(at(40, 4))).toEqual({ dx: 40, dy: 4, verdict: 'accept', progress: 0.5 });
  expect(swipe.move(at(0, -80))).toEqual({ dx: 0, dy: -80, verdict: 'ignore', progress: 1 });
  expect(swipe.move(at(0, 0))?.verdict).toBeNull();
});

test('a second finger ends it until all are up', () => {
  const swipe = new Swipe();
  swipe.down(at(0, 0, 1));
  swipe.move(at(100, 0, 1));
  swipe.down(at(50, 50, 2));
  expect(swipe.move(at(120, 0, 1))).toBeNull();
  expect(swipe.up(at(120, 0, 1))).toBeNull();
  expect(swipe.move(at(200, 50, 2))).toBeNull();
  expect(swipe.up(at(200, 50, 2))).toBeNull();
  swipe.down(at(0, 0, 3));
  expect(swipe.up(at(100, 0, 3))).toBe('accept');
});

test('what the browser takes away is no answer', () => {
  const swipe = new Swipe();
  swipe.down(at(0, 0));
  swipe.move(at(100, 0));
  swipe.cancel(at(100, 0));
  expect(swipe.up(at(100, 0))).toBeNull();
});
