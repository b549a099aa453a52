import { expect, test } from 'vitest';
import type { LogEvent } from './api/events';
import { byDay, daysAgo } from './days';

const event = (id: number, at: Date): LogEvent => ({
  id,
  at: at.toISOString(),
  kind: 'label.added',
  group: 'label',
  who: null,
  object: null,
  dataset: null,
  data: {},
  request_id: '',
});

test('events of one day stand together, by the clock of who reads', () => {
  const evening = new Date(2026, 4, 2, 23, 59);
  const late = new Date(2026, 4, 2, 0, 0);
  const before = new Date(2026, 4, 1, 23, 59);
  const days = byDay([event(3, evening), event(2, late), event(1, before)]);
  expect(days.map(({ events }) => events.map(({ id }) => id))).toEqual([[3, 2], [1]]);
});

test('yesterday ends at midnight, not after 24 hours', () => {
  const now = new Date(2026, 4, 2, 0, 1);
  expect(daysAgo(new Date(2026, 4, 2, 0, 0).toISOString(), now)).toBe(0);
  expect(daysAgo(new Date(2026, 4, 1, 23, 59).toISOString(), now)).toBe(1);
});
