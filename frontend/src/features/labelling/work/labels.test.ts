import { expect, test } from 'vitest';
import type { Label } from '@/lib/datasets';
import { foundLabels, keyOfLabel, labelOfDigit, usableLabels } from './labels';

const named = (...names: string[]) => names.map((name) => ({ name, short: '' }));
const found = (labels: { name: string; short: string }[], search: string, used: string[] = []) =>
  foundLabels(labels, search, used).map(({ name }) => name);

test('a search finds by beginnings first, then by words, then anywhere', () => {
  const labels = named('oscar', 'street car', 'carriage', 'car', 'truck');
  expect(found(labels, ' Car ')).toEqual(['car', 'carriage', 'street car', 'oscar']);
  expect(found(labels, 'x')).toEqual([]);
});

test('a short text is as good as the name, and accents need not be typed', () => {
  const labels = [{ name: 'traffic light', short: 'TL' }, ...named('bottle', 'église')];
  expect(found(labels, 'tl')).toEqual(['traffic light', 'bottle']);
  expect(found(labels, 'eg')).toEqual(['église']);
});

test('without a search come those used lately, but not the one in use', () => {
  const labels = named('a', 'b', 'c', 'd');
  expect(found(labels, '', ['c', 'd', 'b'])).toEqual(['d', 'b', 'a', 'c']);
  expect(found(labels, ' ', ['c', 'retired'])).toEqual(['a', 'b', 'c', 'd']);
});

test('digits are the own keys of labels, with Shift and Alt their places', () => {
  const labels = Array.from({ length: 40 }, (_, n) => {
    const key = n === 0 ? '' : n === 15 ? '1' : n < 10 ? String((n + 1) % 10) : '';
    return { name: String(n), key, retired: false } as Label;
  });
  expect([0, 1, 9, 15, 25].map((place) => labelOfDigit(labels, place)?.name)).toEqual([
    '15',
    '1',
    '9',
    '15',
    '25',
  ]);
  expect([0, 1, 9, 10, 15, 19, 29, 30].map((n) => keyOfLabel(labels, n))).toEqual([
    '',
    '2',
    '0',
    '⇧1',
    '1',
    '⇧0',
    '⇧⌥0',
    '',
  ]);
  const retired = { name: 'old', key: '1', retired: true } as Label;
  expect(usableLabels({ labels: [retired, ...labels] })).toEqual(labels);
});
