import { expect, test } from 'vitest';
import { uuid7 } from './uuid7';

test('carries the time in its first 48 bits, then version 7 and the variant', () => {
  // 0x017f22e279b0 = 1645557742000, the example of RFC 9562, appendix A.6.
  expect(uuid7(1645557742000)).toMatch(
    /^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

test('two of one millisecond differ', () => {
  expect(uuid7(0)).not.toBe(uuid7(0));
});
