import { afterEach, expect, test } from 'vitest';
import { LOOK } from '@/canvas';
import { keepLook, keptLook } from './look';

afterEach(() => {
  localStorage.clear();
});

test('what was kept comes back', () => {
  const look = { ...LOOK, brightness: 1.5, crosshair: false };
  keepLook(look);
  expect(keptLook()).toEqual(look);
});

test.each(['', 'no json', '7', 'null', '[1]', '{"brightness":"2","contrast":9,"gamma":null}'])(
  '%j is as if nothing were kept',
  (kept) => {
    localStorage.setItem('concord-look', kept);
    expect(keptLook()).toEqual(LOOK);
  },
);

test('of what was kept the readable part holds', () => {
  localStorage.setItem('concord-look', '{"fill":0.4,"minimap":"yes","evil":1}');
  expect(keptLook()).toEqual({ ...LOOK, fill: 0.4 });
});
