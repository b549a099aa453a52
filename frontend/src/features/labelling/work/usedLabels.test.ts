import { afterEach, expect, test, vi } from 'vitest';
import { keepUsed, keptUsed, usedNow } from './usedLabels';

afterEach(() => {
  localStorage.clear();
  vi.restoreAllMocks();
});

test('the label in use comes first, once, and six are remembered', () => {
  const used = ['a', 'b', 'c', 'd', 'e', 'f'];
  expect(usedNow('c', used)).toEqual(['c', 'a', 'b', 'd', 'e', 'f']);
  expect(usedNow('g', used)).toEqual(['g', 'a', 'b', 'c', 'd', 'e']);
  expect(usedNow('a', used)).toBe(used);
});

test('they are kept for each dataset', () => {
  keepUsed('cars', ['van', 'bus']);
  expect(keptUsed('cars')).toEqual(['van', 'bus']);
  expect(keptUsed('fruit')).toEqual([]);
});

test.each(['{', '3', '{"0": "van"}'])('%s, left there by something else, is none', (text) => {
  localStorage.setItem('concord-used-labels-cars', text);
  expect(keptUsed('cars')).toEqual([]);
});

test('only names are read, and a storage that is full is no trouble', () => {
  localStorage.setItem('concord-used-labels-cars', '["van", 3, null, "bus"]');
  expect(keptUsed('cars')).toEqual(['van', 'bus']);
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  keepUsed('cars', ['bus']);
  expect(keptUsed('cars')).toEqual(['van', 'bus']);
});
