import { vi } from 'vitest';
import type { Task } from '../api/tasks';
import type { KeptAnswer, KeptDraft } from './keep/database';

/** A task with nothing special about it. */
export function someTask(id: string, more: Partial<Task> = {}): Task {
  return {
    id,
    version: 1,
    state: 'open',
    lease: `lease of ${id}`,
    lease_expires_at: null,
    images: [],
    spans: [],
    suggestions: [],
    options: null,
    question: '',
    label: '',
    meta: {},
    why: { code: '', text: '' },
    returns: [],
    draft: null,
    draft_version: 0,
    revision: 0,
    ...more,
  } as Task;
}

export function someAnswer(id: string, more: Partial<KeptAnswer> = {}): KeptAnswer {
  const task = more.task ?? someTask(`task ${id}`);
  const body = { answer: 'accept', lease: task.lease, base: 0 } as const;
  return { id, page: 'this', slug: 'signs', task, at: 0, body, problem: null, ...more };
}

export function someDraft(page: string, more: Partial<KeptDraft> = {}): KeptDraft {
  const task = more.task ?? someTask('t');
  const body = { spans: [], accept: [] };
  return { id: `${task.id}/${page}`, page, slug: 'signs', task, at: 0, base: 0, body, ...more };
}

const turn = globalThis.setTimeout;
const TIMERS = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] as const;

/** Nothing is tried again by itself: it would be after the browser of its test file is gone. */
export function holdTimers(): void {
  vi.useFakeTimers({ toFake: [...TIMERS] });
}

/** Lets go of the timers once nothing is under way in the database any more. */
export async function releaseTimers(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) {
    await new Promise<void>((resolve) => turn(resolve));
  }
  vi.useRealTimers();
}
