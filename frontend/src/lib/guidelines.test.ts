import { expect, test } from 'vitest';
import { isNews, lastRead } from './guidelines';
import type { GuidelineVersion } from './guidelines';

const versions = (...read: boolean[]) =>
  read.map((read, n) => ({ version: n, read })) as GuidelineVersion[];

test('a guideline is news until its current version was read', () => {
  expect(isNews([])).toBe(false);
  expect(isNews(versions(false, true))).toBe(true);
  expect(isNews(versions(true, false))).toBe(false);
});

test('what changed is told since the version that was read last', () => {
  expect(lastRead(versions(false, false, true, true))).toBe(2);
  expect(lastRead(versions(false, false))).toBeUndefined();
  expect(lastRead(versions(true, true))).toBeUndefined();
});
