import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '@/lib/http';
import { sendAnswer } from '../api/answers';
import { nextTasks, releaseTask, saveDraft, skipTask } from '../api/tasks';
import type { Response } from '../api/tasks';
import { savingOf } from './state';
import { Work } from './store';
import { holdTimers, releaseTimers, someTask } from './testing';

vi.mock('../api/answers', () => ({ sendAnswer: vi.fn() }));
vi.mock('../api/tasks', () => ({
  nextTasks: vi.fn(),
  saveDraft: vi.fn(),
  skipTask: vi.fn(),
  releaseTask: vi.fn(),
  extendLease: vi.fn(),
}));

const send = vi.mocked(sendAnswer);
const next = vi.mocked(nextTasks);
const picked = (option: string): Response => ({ spans: [], accept: [option] });
/** What this test's person has sent: others before may be at it still. */
const bodies = () => send.mock.calls.filter(([user]) => user === name).map(([, , , body]) => body);

const ALL = {
  tasks: ['a', 'b', 'c', 'd'].map((id) =>
    someTask(id, { images: [{ name: `${id}.jpg` }] as never }),
  ),
  left: 4,
  reason: null,
} as never;

let users = 0;
let name = '';
let work: Work;
const state = () => work.store.getState();
const shown = () => work.tasks.map(({ id }) => id);

beforeEach(async () => {
  holdTimers();
  send.mockReset().mockReturnValue(new Promise(() => undefined));
  vi.mocked(saveDraft).mockResolvedValue({ version: 1 } as never);
  vi.mocked(skipTask).mockResolvedValue(undefined as never);
  vi.mocked(releaseTask).mockResolvedValue(undefined as never);
  next.mockReset().mockResolvedValue({ tasks: [], left: 0, reason: null } as never);
  next.mockResolvedValueOnce(ALL);
  name = `worker ${users++}`;
  work = new Work(name, 'signs');
  work.start();
  await vi.waitFor(() => expect(shown()).toEqual(['a', 'b', 'c', 'd']));
});

afterEach(async () => {
  work.stop();
  await releaseTimers();
});

test('the next task is there before the answer has left', () => {
  work.submit('accept', picked('x'));
  expect(shown()).toEqual(['b', 'c', 'd']);
  expect([state().done, state().left]).toEqual([1, 3]);
  expect(savingOf(state(), true)).toEqual({ saving: 'saving', count: 1 });
});

test('a reply that names what was answered meanwhile hands it out to nobody', async () => {
  next.mockResolvedValue(ALL);
  work.submit('accept', picked('x'));
  await work.refill();
  expect(shown()).toEqual(['b', 'c', 'd']);
});

test('one step back brings the answer with everything in place, and what it interrupts stays next', () => {
  work.submit('reject', picked('x'));
  work.keepDraft(picked('begun'));
  work.back();
  expect(shown()).toEqual(['a', 'b', 'c', 'd']);
  expect(work.current).toMatchObject({ lease: null, draft: { accept: ['x'], answer: 'reject' } });
  work.submit('accept', picked('y'));
  expect(work.current).toMatchObject({ id: 'b', draft: { accept: ['begun'] } });
  expect(state().done).toBe(1);
});

test('an edit stands on the revision that the server has confirmed', async () => {
  send.mockResolvedValue({ id: 'r', revision: 5, late: false, task: {} } as never);
  work.submit('accept', picked('x'));
  await vi.waitFor(() => expect(state().answers).toEqual([]));
  work.back();
  work.submit('accept', picked('y'));
  await vi.waitFor(() => expect(bodies()).toHaveLength(2));
  expect(bodies()).toMatchObject([
    { accept: ['x'], lease: 'lease of a', base: 0 },
    { accept: ['y'], lease: null, base: 5 },
  ]);
});

test('a refused answer comes back to the screen with the reason, and is not counted', async () => {
  send.mockRejectedValueOnce(new ApiError(400, { code: 'rules_broken', detail: 'Too few.' }));
  work.submit('accept', picked('x'));
  await vi.waitFor(() => expect(work.current?.id).toBe('a'));
  expect(work.current).toMatchObject({ lease: 'lease of a', draft: { accept: ['x'] } });
  expect([state().refusal?.message, state().done]).toEqual(['Too few.', 0]);
  expect(shown()).toEqual(['a', 'b', 'c', 'd']);
});

const GONE = new ApiError(404, { code: 'taken_down', detail: 'It was taken down.' });

test('an answer about an image that was taken down is given up with a word, and the work goes on', async () => {
  send.mockRejectedValueOnce(GONE);
  work.submit('accept', picked('x'));
  await vi.waitFor(() => expect(state().answers).toEqual([]));
  expect(shown()).toEqual(['b', 'c', 'd']);
  expect([state().gone, state().refusal, state().done]).toEqual(['a.jpg', null, 0]);
  expect(work.canGoBack).toBe(false);
  work.submit('accept', picked('y'));
  expect(state().gone).toBeNull();
});

test('what is begun on such an image makes room for the next one', async () => {
  vi.mocked(saveDraft).mockRejectedValueOnce(GONE);
  work.keepDraft(picked('x'));
  work.flushDraft();
  await vi.waitFor(() => expect(shown()).toEqual(['b', 'c', 'd']));
  expect([state().gone, state().drafts, state().trouble]).toEqual(['a.jpg', 0, null]);
});

test('such an image can be skipped', async () => {
  vi.mocked(skipTask).mockRejectedValueOnce(GONE);
  await work.skip('unclear');
  expect([shown(), state().error]).toEqual([['b', 'c', 'd'], null]);
});

test('without a network everything waits, and the page says how much', async () => {
  send.mockRejectedValue(new ApiError(0, {}));
  next.mockRejectedValue(new ApiError(0, {}));
  for (const option of ['x', 'y', 'z']) work.submit('accept', picked(option));
  await vi.waitFor(() => expect(state().trouble?.status).toBe(0));
  expect(savingOf(state(), true)).toEqual({ saving: 'offline', count: 3 });
  expect(shown()).toEqual(['d']);
});

test('an ended session keeps the work and says so', async () => {
  send.mockRejectedValue(new ApiError(401, { code: 'not_authenticated' } as never));
  work.submit('accept', picked('x'));
  await vi.waitFor(() => expect(state().trouble?.status).toBe(401));
  expect(savingOf(state(), true)).toEqual({ saving: 'loggedOut', count: 1 });
});

test('a task that somebody else has by now goes, unless it is on the screen', () => {
  work.lost('c');
  work.lost('a');
  expect(shown()).toEqual(['a', 'b', 'd']);
});

test('what is skipped goes back to the server, and so does what is not begun when one leaves', async () => {
  await work.skip('unclear');
  expect(vi.mocked(skipTask)).toHaveBeenCalledWith('a', 'unclear');
  expect(shown().slice(0, 1)).toEqual(['b']);
  const others = shown().slice(1);
  work.stop();
  await vi.waitFor(() => expect(releaseTask).toHaveBeenCalledTimes(others.length));
  expect(vi.mocked(releaseTask).mock.calls.map(([id]) => id)).toEqual(others);
});
