import { describe, expect, it } from 'vitest';
import type { Notice } from './api/notices';
import { byDay } from './groups';

function notice(id: string, at: string, more: Partial<Notice> = {}): Notice {
  return {
    id,
    at,
    kind: 'sent_back',
    seen_at: null,
    dataset: null,
    person: null,
    data: {},
    link: '/label/signs',
    ...more,
  };
}

const NOON = new Date(2026, 2, 4, 12).toISOString();
const EARLIER = new Date(2026, 2, 4, 0, 1).toISOString();
const BEFORE = new Date(2026, 2, 3, 23, 59).toISOString();

describe('notices by day', () => {
  it('tells what says the same in one line, and the day before apart', () => {
    const days = byDay([notice('c', NOON), notice('b', EARLIER), notice('a', BEFORE)]);
    expect(days.map(({ lines }) => lines.map((line) => line.notices.map(({ id }) => id)))).toEqual([
      [['c', 'b']],
      [['a']],
    ]);
  });

  it('keeps apart what leads elsewhere, and every import', () => {
    const told = [
      notice('a', NOON),
      notice('b', NOON, { link: '/label/birds' }),
      notice('c', NOON, { kind: 'import_done', link: '/i' }),
      notice('d', NOON, { kind: 'import_done', link: '/i' }),
    ];
    expect(byDay(told)[0]?.lines).toHaveLength(4);
  });

  it('calls a line unseen while one of its notices is', () => {
    const seen = { seen_at: NOON };
    const told = [notice('a', NOON, seen), notice('b', NOON), notice('c', BEFORE, seen)];
    expect(byDay(told).map(({ lines }) => lines[0]?.unseen)).toEqual([true, false]);
  });
});
