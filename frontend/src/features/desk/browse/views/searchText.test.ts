import { expect, test } from 'vitest';
import type { TaskFilter } from '../filter';
import { searchOf } from '../filter';
import { readSearchText, searchText } from './searchText';

test('a view comes back as it was saved', () => {
  const filter: TaskFilter = {
    state: ['open', 'final'],
    label: ['stop & go'],
    flagged: true,
    max_size: 16,
    text: '12 poles',
  };
  const text = searchText(filter, '-score');
  expect(text).toBe(
    'state=open&state=final&label=stop+%26+go&flagged=true&max_size=16&text=12+poles&order=-score',
  );
  expect(readSearchText(text)).toEqual({ ...searchOf(filter), order: '-score' });
});

test('a view of everything is empty', () => {
  expect(searchText({}, undefined)).toBe('');
  expect(readSearchText('')).toEqual({});
});
