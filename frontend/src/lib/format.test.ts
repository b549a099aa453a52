import { expect, test } from 'vitest';
import { formatDuration } from './format';

test.each([
  [0, '0s'],
  [0.4, '0s'],
  [59.6, '1m'],
  [249, '4m 9s'],
  [3600, '1h'],
  [4339, '1h 12m'],
  [3605, '1h'],
  [360_000, '100h'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds, 'en')).toBe(text);
});
