import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '@/lib/http';
import { saveDraft } from '../api/tasks';
import type { Response } from '../api/tasks';
import { Drafts } from './drafts';
import { openDatabase } from './keep/database';
import { PAGE } from './keep/page';
import { Shelf } from './keep/shelf';
import { holdTimers, releaseTimers, someDraft, someTask } from './testing';

vi.mock('../api/tasks', () => ({ saveDraft: vi.fn() }));

const save = vi.mocked(saveDraft);
const picked = (option: string): Response => ({ spans: [], accept: [option] });
const TASK = someTask('t');

let users = 0;
let shelf: Shelf<'drafts'>;
let drafts: Drafts;
const state = () => drafts.store.getState();
const versionsSent = () => save.mock.calls.map(([, , body, base]) => [body.accept, base]);

/** Somebody else's draft stands there, of a page of that name. */
function stale(page: string, version = 3) {
  const current = { version, body: { ...picked('theirs'), page } };
  return new ApiError(412, { code: 'draft_stale', current } as never);
}

beforeEach(() => {
  holdTimers();
  const user = `user ${users++}`;
  shelf = new Shelf(openDatabase(user), 'drafts');
  drafts = new Drafts(user, 'signs', shelf, () => undefined);
  save.mockReset().mockResolvedValue({ version: 1 } as never);
});

afterEach(releaseTimers);

test('a change is on the disk until the server has it', async () => {
  let reply: (saved: never) => void = () => undefined;
  save.mockReturnValue(new Promise((resolve) => (reply = resolve)));
  drafts.keep(TASK, picked('a'));
  expect(drafts.unwritten).toBe(true);
  void drafts.flush();
  await vi.waitFor(() => expect(save).toHaveBeenCalled());
  expect(await shelf.all()).toHaveLength(1);
  expect(state().unsent).toBe(1);
  reply({ version: 1 } as never);
  await vi.waitFor(() => expect(state().unsent).toBe(0));
  await vi.waitFor(async () => expect(await shelf.all()).toEqual([]));
});

test('what changed while it was being saved is saved next, on top of it', async () => {
  save.mockImplementationOnce(() => {
    drafts.keep(TASK, picked('b'));
    return Promise.resolve({ version: 1 } as never);
  });
  drafts.keep(TASK, picked('a'));
  vi.advanceTimersByTime(2); // changes are told apart by when they came
  await drafts.flush();
  expect(state().unsent).toBe(1);
  await drafts.flush();
  expect(versionsSent()).toEqual([
    [['a'], 0],
    [['b'], 1],
  ]);
  expect(state().unsent).toBe(0);
});

test('what cannot be saved stays, is counted, and is tried again', async () => {
  save.mockRejectedValueOnce(new ApiError(0, {}));
  drafts.keep(TASK, picked('a'));
  await drafts.flush();
  expect([state().unsent, state().error?.status]).toEqual([1, 0]);
  expect(await shelf.all()).toHaveLength(1);
  await drafts.flush();
  expect([state().unsent, state().error]).toEqual([0, null]);
});

test('the draft of another page is one of two versions, and nothing is sent before one is chosen', async () => {
  save.mockRejectedValueOnce(stale('another page'));
  drafts.keep(TASK, picked('mine'));
  await drafts.flush();
  const conflict = state().conflicts.get('t');
  expect(conflict?.versions.map(({ accept }) => accept)).toEqual([['mine'], ['theirs']]);
  await drafts.flush();
  expect(save).toHaveBeenCalledOnce();

  const [mine] = conflict?.versions ?? [];
  if (!conflict || !mine) throw new Error('There is no conflict.');
  drafts.setConflict('t', { ...conflict, chosen: 0 });
  drafts.keep(TASK, mine);
  await drafts.flush();
  expect(versionsSent().at(-1)).toEqual([['mine'], 3]);
});

test('a save whose reply was lost is no conflict', async () => {
  save.mockRejectedValueOnce(stale(PAGE));
  drafts.keep(TASK, picked('mine'));
  await drafts.flush();
  await vi.waitFor(() => expect(save).toHaveBeenCalledTimes(2));
  expect(state().conflicts.size).toBe(0);
  expect(versionsSent().at(-1)).toEqual([['mine'], 3]);
});

test('what a page that is gone had begun is found and becomes this page’s', async () => {
  await shelf.put(someDraft('gone', { body: picked('old') }));
  await shelf.put(someDraft('gone', { slug: 'another', task: someTask('u') }));
  const abandoned = await drafts.abandoned();
  expect([...abandoned.keys()]).toEqual(['t']);
  const task = drafts.resume(TASK, abandoned.get('t'));
  expect(task.draft?.accept).toEqual(['old']);
  await drafts.flush();
  expect(versionsSent()).toEqual([[['old'], 0]]);
});

test('nothing is left of a task that is answered', async () => {
  drafts.keep(TASK, picked('a'));
  drafts.drop('t');
  await drafts.flush();
  expect(save).not.toHaveBeenCalled();
  expect([state().unsent, drafts.unwritten]).toEqual([0, false]);
});
