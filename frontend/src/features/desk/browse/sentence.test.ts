import { beforeAll, expect, test } from 'vitest';
import { i18next, loadWords } from '@/lib/i18n';
import type { TaskFilter } from './filter';
import { filterOf, searchOf, without } from './filter';
import { partsOf } from './sentence';

beforeAll(loadWords);

const KNOWN = {
  people: [{ id: 'p1', name: 'Ann' }],
  imports: [{ id: 'i1', name: 'signs.csv' }],
  today: '2026-01-15',
  language: 'en',
};

function sentence(filter: TaskFilter): string {
  const t = i18next.getFixedT('en', 'browse');
  return partsOf(filter, KNOWN, t)
    .map(({ text }) => text)
    .join(', ');
}

test('a filter reads as a sentence', () => {
  const filter: TaskFilter = {
    state: ['conflicted'],
    label: ['stop', 'yield'],
    imported_from: '2026-01-12',
  };
  expect(sentence(filter)).toBe('conflicted, label stop or yield, imported this week');
});

test.each<[TaskFilter, string]>([
  [{ imported_from: '2026-01-15' }, 'imported today'],
  [{ imported_from: '2026-01-01' }, 'imported this month'],
  [
    { imported_from: '2025-12-24', imported_to: '2026-01-06' },
    'imported Dec 24, 2025 to Jan 6, 2026',
  ],
  [{ imported_to: '2026-01-06' }, 'imported until Jan 6, 2026'],
  [{ max_size: 16 }, 'tiny boxes under 16 px'],
  [{ min_size: 4, max_size: 16 }, 'shapes of 4 px to 16 px'],
  [{ max_confidence: 0.5 }, 'confidence up to 50%'],
  [{ min_width: 1000 }, 'width from 1,000 px'],
  [{ max_shapes: 0 }, 'without shapes'],
  [{ person: 'p1', verdict: 'reject' }, 'rejected, answered by Ann'],
  [{ person: 'who' }, 'answered by one person'],
  [{ import: 'i1' }, 'brought by signs.csv'],
  [{ text: 'pole', flagged: true }, 'shown to a manager, “pole” in name or meta'],
  [
    { conflict: ['label', 'extent'], answers: 1 },
    'people differ on the label or the edges, with 1 answer',
  ],
])('%j is said so', (filter, words) => {
  expect(sentence(filter)).toBe(words);
});

test('each part takes its own names away', () => {
  const filter: TaskFilter = { state: ['open'], min_size: 4, max_size: 16 };
  const t = i18next.getFixedT('en', 'browse');
  const size = partsOf(filter, KNOWN, t).find(({ editor }) => editor === 'size');
  expect(without(filter, ...(size?.names ?? []))).toEqual({ state: ['open'] });
});

test('a filter comes back from its address as it was', () => {
  const filter: TaskFilter = {
    state: ['open', 'final'],
    label: ['5'],
    text: '12',
    flagged: true,
    min_score: 0.25,
    imported_to: '2026-01-31',
  };
  expect(filterOf(searchOf(filter))).toEqual(filter);
  expect(searchOf(filter)).toMatchObject({ state: ['open', 'final'], label: '5' });
});

test('what is no filter is left alone', () => {
  expect(filterOf({ view: 'table', order: '-score', flagged: false })).toEqual({});
  expect(filterOf({ text: 7, state: 'open' })).toEqual({ text: '7', state: ['open'] });
});
