import { expect, test } from 'vitest';
import { momentsOf } from './moments';
import type { TaskStory } from './moments';

const ANN = { id: '1', name: 'Ann' };
const RITA = { id: '3', name: 'Rita' };

function saved(revision: number, created_at: string) {
  return { revision, answer: 'accept', spans: [], created_at, changed: revision > 1 ? [] : null };
}

function storyWith(parts: object): TaskStory {
  return {
    created_at: '2026-01-01T08:00:00Z',
    origin: null,
    answers: [],
    merge: null,
    merged_at: null,
    disputes: [],
    decisions: [],
    returns: [],
    history: [],
    second_look: null,
    exports: [],
    held: [],
    final: null,
    ...parts,
  } as unknown as TaskStory;
}

function state(to: string, at: string) {
  return { at, actor: null, kind: 'task.state', data: { to } };
}

test('what happened stands in order, each revision for itself', () => {
  const story = storyWith({
    answers: [
      {
        version: 'A',
        user: ANN,
        revisions: [saved(1, '2026-01-01T09:00:00Z'), saved(2, '2026-01-01T11:00:00Z')],
      },
      { version: 'B', user: null, revisions: [saved(1, '2026-01-01T10:00:00Z')] },
    ],
    history: [{ at: '2026-01-01T08:30:00Z', actor: RITA, kind: 'task.skipped', data: {} }],
  });
  const told = momentsOf(story).map((each) =>
    each.kind === 'answered' ? each.version : each.kind,
  );
  expect(told).toEqual(['made', 'happened', 'A', 'B', 'A']);
});

test('within a second the answer comes before the merge, and that before its conflicts', () => {
  const story = storyWith({
    answers: ['A', 'B'].map((version) => ({
      version,
      user: null,
      revisions: [saved(1, '2026-01-01T10:00:00.400Z')],
    })),
    merge: { confidence: 0.5 },
    merged_at: '2026-01-01T10:00:00.100Z',
    disputes: [
      { id: '1', at: '2026-01-01T10:00:00.050Z' },
      { id: '2', at: '2026-01-01T10:00:00.060Z' },
      { id: '3', at: '2026-01-01T12:00:00.000Z' },
    ],
  });
  const told = momentsOf(story);
  expect(told.map(({ kind }) => kind)).toEqual([
    'made',
    'answered',
    'answered',
    'merged',
    'disputed',
    'disputed',
  ]);
  const [first, second] = told.filter((each) => each.kind === 'disputed');
  expect(first?.disputes.map(({ id }) => id)).toEqual(['1', '2']);
  expect(second?.disputes.map(({ id }) => id)).toEqual(['3']);
});

test('only the last time that it became final knows how, and other states are not told', () => {
  const story = storyWith({
    final: { origin: 'decided', at: '2026-01-03T08:00:00Z' },
    history: [
      state('answered', '2026-01-01T09:00:00Z'),
      state('final', '2026-01-01T10:00:00Z'),
      state('conflicted', '2026-01-02T10:00:00Z'),
      state('final', '2026-01-03T08:00:00Z'),
    ],
  });
  const finals = momentsOf(story).filter((each) => each.kind === 'final');
  expect(finals.map(({ final }) => final?.origin)).toEqual([undefined, 'decided']);
  expect(momentsOf(story)).toHaveLength(3);
});

test('who sees no history still reads when it became final', () => {
  const story = storyWith({ final: { origin: 'agreed', at: '2026-01-03T08:00:00Z' } });
  expect(momentsOf(story).map(({ kind }) => kind)).toEqual(['made', 'final']);
});
