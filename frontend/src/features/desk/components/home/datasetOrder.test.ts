import { describe, expect, it } from 'vitest';
import type { Card } from '@/lib/home';
import { found } from './datasetOrder';

function card(name: string, tasks: number, final: number): Card {
  const counts = { images: 0, tasks, open: 0, answered: 0, conflicted: 0, final };
  return {
    id: name,
    slug: name,
    name,
    interface: 'choice',
    role: 'viewer',
    created_at: '',
    archived: false,
    counts,
    thumbnails: [],
  };
}

const CARDS = [card('Street signs', 10, 10), card('Birds of prey', 9, 1), card('birds', 5, 0)];
const names = (search: string, order: Parameters<typeof found>[1]['order'] = 'newest') =>
  found(CARDS, { search, order }).map(({ name }) => name);

describe('finding datasets', () => {
  it('takes every word, in any order, however it is typed', () => {
    expect(names(' PREY bird')).toEqual(['Birds of prey']);
    expect(names('')).toEqual(['Street signs', 'Birds of prey', 'birds']);
    expect(names('cats')).toEqual([]);
  });

  it('sorts by name and by what is left', () => {
    expect(names('', 'name')).toEqual(['birds', 'Birds of prey', 'Street signs']);
    expect(names('', 'unfinished')).toEqual(['Birds of prey', 'birds', 'Street signs']);
  });
});
