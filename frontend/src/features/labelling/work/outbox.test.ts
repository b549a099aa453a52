import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '@/lib/http';
import { sendAnswer } from '../api/answers';
import { openDatabase } from './keep/database';
import { Shelf } from './keep/shelf';
import { Outbox } from './outbox';
import { holdTimers, releaseTimers, someAnswer, someTask } from './testing';

vi.mock('../api/answers', () => ({ sendAnswer: vi.fn() }));

const send = vi.mocked(sendAnswer);
const reply = (revision = 1) => ({ id: 'a', revision, late: false, task: {} }) as never;
const offline = new ApiError(0, {});

let users = 0;
let user = '';
const shelf = () => new Shelf(openDatabase(user), 'answers');
const outbox = () => new Outbox(user, shelf());
const sentKeys = () => send.mock.calls.map(([, , key]) => key);

beforeEach(() => {
  holdTimers();
  user = `user ${users++}`;
  send.mockReset().mockResolvedValue(reply());
});

afterEach(releaseTimers);

test('answers are sent in order and forgotten when they are confirmed', async () => {
  const box = outbox();
  box.add(someAnswer('1'));
  box.add(someAnswer('2'));
  await vi.waitFor(() => expect(box.store.getState().answers).toEqual([]));
  expect(sentKeys()).toEqual(['1', '2']);
  expect(await shelf().all()).toEqual([]);
});

test('what could not be sent is sent by the next page, with the same key and body', async () => {
  send.mockRejectedValue(offline);
  outbox().add(someAnswer('1'));
  await vi.waitFor(() => expect(send).toHaveBeenCalled());
  const first = send.mock.calls[0];
  send.mockReset().mockResolvedValue(reply());
  outbox();
  await vi.waitFor(() => expect(send).toHaveBeenCalled());
  expect(send.mock.calls[0]).toEqual(first);
});

test('whoever sees an answer gone has heard of its revision', async () => {
  const box = outbox();
  const heard = vi.fn();
  box.listen(heard);
  const gone = new Promise<number>((resolve) => {
    box.store.subscribe((now, before) => {
      if (before.answers.length > 0 && now.answers.length === 0)
        queueMicrotask(() => {
          resolve(heard.mock.calls.length);
        });
    });
  });
  box.add(someAnswer('1'));
  expect(await gone).toBe(1);
});

test('an answer that comes while another page’s are being read is not overlooked', async () => {
  send.mockReturnValue(new Promise(() => undefined));
  const box = outbox();
  await vi.waitFor(async () => expect(await shelf().all()).toEqual([]));
  const channel = new BroadcastChannel(`concord-${user}`);
  const read = vi.spyOn(Shelf.prototype, 'all').mockImplementationOnce(() => {
    box.add(someAnswer('1')); // after the disk was read, before the reading is known here
    return Promise.resolve([]);
  });
  channel.postMessage(null);
  await vi.waitFor(() => expect(read).toHaveBeenCalled());
  await vi.waitFor(() => expect(send).toHaveBeenCalledOnce());
  expect(box.store.getState().answers).toHaveLength(1);
  channel.close();
});

test('nobody sends what another has answered', async () => {
  send.mockRejectedValue(offline);
  outbox().add(someAnswer('1'));
  await vi.waitFor(async () => expect(await shelf().all()).toHaveLength(1));
  user = 'somebody else';
  const box = outbox();
  await vi.waitFor(async () => expect(await shelf().all()).toEqual([]));
  expect(box.store.getState().answers).toEqual([]);
});

test('a refused answer stays with its reason, and the others go on', async () => {
  const refusal = new ApiError(400, { code: 'rules_broken', detail: 'Too few.' });
  send.mockRejectedValueOnce(refusal);
  const box = outbox();
  const heard = vi.fn();
  box.listen(heard);
  box.add(someAnswer('1'));
  box.add(someAnswer('2'));
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2));
  const [kept] = await shelf().all();
  expect(kept?.problem).toEqual({ status: 400, body: refusal.body });
  expect(box.take('1')).toEqual(kept);
  await vi.waitFor(async () => expect(await shelf().all()).toEqual([]));
});

test('a second answer to a task stands on what became of the first', async () => {
  const task = someTask('t');
  const box = outbox();
  box.add(someAnswer('1', { task }));
  const again = { answer: 'reject', lease: null, base: 0 } as const;
  box.add(someAnswer('2', { task, body: again }));
  await vi.waitFor(() => expect(sentKeys()).toEqual(['1', '2']));
  expect(send.mock.calls[1]?.[3]).toEqual({ answer: 'reject', lease: null, base: 1 });
});

test('a first answer that is refused gives way to the second with its lease', async () => {
  const task = someTask('t');
  send.mockRejectedValueOnce(new ApiError(400, { code: 'rules_broken' }));
  const box = outbox();
  box.add(someAnswer('1', { task }));
  box.add(someAnswer('2', { task, body: { answer: 'reject', lease: null, base: 0 } }));
  await vi.waitFor(() => expect(box.store.getState().answers).toEqual([]));
  expect(send.mock.calls[1]?.[3]).toEqual({ answer: 'reject', lease: task.lease, base: 0 });
});
