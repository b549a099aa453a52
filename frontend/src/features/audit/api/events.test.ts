import { expect, test } from 'vitest';
import { fileAddress, USUAL, whatOf } from './events';

const THING = { object_type: 'task', object: '7' };

function groupsIn(search: Parameters<typeof whatOf>[0]): string[] {
  const { searchParams } = new URL(fileAddress(undefined, search, 'csv'), location.href);
  return searchParams.getAll('group').flatMap((value) => value.split(','));
}

test('of one thing all is shown, unless a group is asked for', () => {
  expect([whatOf(THING), groupsIn(THING)]).toEqual(['all', []]);
  expect(groupsIn({ ...THING, what: 'review' })).toEqual(['review']);
  const usual = { ...THING, what: USUAL };
  expect(whatOf(usual)).toBe(USUAL);
  expect(groupsIn(usual)).toContain('review');
  expect(groupsIn(usual)).not.toContain('work');
});

test('all but answers is shown where nothing is asked for, and a kind goes before its group', () => {
  expect(groupsIn({})).not.toContain('work');
  expect(groupsIn({})).toContain('mail');
  expect(groupsIn({ kind: 'answer.created', what: 'review' })).toEqual([]);
});
