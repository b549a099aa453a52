import { expect, test } from 'vitest';
import { withSide } from './sides';

const IMAGE = { width: 200, height: 100 };
const RECT = { x: 10, y: 20, width: 50, height: 30 };

test.each([
  ['x', 17.5, { x: 17.5 }],
  ['x', -5, { x: 0 }],
  ['x', 1e300, { x: 150 }],
  ['y', 99, { y: 70 }],
  ['width', 0, { width: 2 }],
  ['width', -1e300, { width: 2 }],
  ['width', 500, { width: 190 }],
  ['height', 80, { height: 80 }],
  ['height', 81, { height: 80 }],
] as const)('%s of %d changes that number alone and stays on the image', (side, value, changed) => {
  expect(withSide(RECT, side, value, IMAGE)).toEqual({ ...RECT, ...changed });
});
