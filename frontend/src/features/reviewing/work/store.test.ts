import { beforeEach, expect, test, vi } from 'vitest';
import type { Conflict, Decision, ReviewTask } from '../api/reviews';
import { nextReviews, sendDecisions, takeBack } from '../api/reviews';
import { ApiError } from '@/lib/http';
import { Reviews } from './store';

vi.mock('./pictures', () => ({ preload: () => undefined }));
vi.mock('../api/reviews', async (original) => ({
  ...(await original()),
  nextReviews: vi.fn(),
  sendDecisions: vi.fn(),
  takeBack: vi.fn(),
}));

const conflict = (id: string, text = id): Conflict =>
  ({ id, kind: 'label', text, object: null, option: null, block: null, choices: [] }) as never;

const task = (id: string, conflicts: Conflict[], more: Partial<ReviewTask> = {}): ReviewTask =>
  ({
    ...{ id, version: 1, lease: id, interface: 'classification', images: [], versions: [] },
    ...{ conflicts, decisions: [], merge: { objects: [] }, ...more },
  }) as never;

const accept = (id: string): Decision => ({ conflict: id, action: 'accept' });
const serve = (...tasks: ReviewTask[]) =>
  vi.mocked(nextReviews).mockResolvedValue({ tasks, reason: null, left: tasks.length } as never);

/** What was sent: the task with its version, what was said, and whether it was the last word. */
const sent = () =>
  vi
    .mocked(sendDecisions)
    .mock.calls.map(([{ id, version }, decisions, final]) => [
      `${id}${String(version)}`,
      decisions.map((each) => `${each.action} ${String(each.conflict)}`).join(', '),
      final,
    ]);

async function open(...tasks: ReviewTask[]): Promise<Reviews> {
  serve(...tasks);
  const reviews = new Reviews('signs');
  await reviews.refill();
  return reviews;
}

const at = (reviews: Reviews) => [reviews.task?.id, reviews.conflict?.id];
const quiet = (reviews: Reviews) =>
  vi.waitFor(() => expect(reviews.store.getState().sending).toBe(0));

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(sendDecisions).mockResolvedValue(undefined);
});

test('undo goes over the border of a task that was closed, redo forth again', async () => {
  const [a, b] = [task('a', [conflict('a1'), conflict('a2')]), task('b', [conflict('b1')])];
  const reviews = await open(a, b);
  reviews.decide(accept('a1'));
  reviews.decide(accept('a2'));
  expect(at(reviews)).toEqual(['b', 'b1']);
  await quiet(reviews);

  const decisions = [accept('a1'), accept('a2')] as never;
  vi.mocked(takeBack).mockResolvedValue({ ...a, version: 3, lease: 'new', decisions });
  reviews.undo();
  await vi.waitFor(() => expect(at(reviews)).toEqual(['a', 'a2']));
  reviews.undo();
  expect(at(reviews)).toEqual(['a', 'a1']);
  reviews.redo();
  expect(at(reviews)).toEqual(['a', 'a2']);
  reviews.redo();
  expect(at(reviews)).toEqual(['b', 'b1']);
  await quiet(reviews);
  expect(sent()).toEqual([
    ['a1', 'accept a1', false],
    ['a1', 'accept a2', true],
    ['a3', 'reset a2', false],
    ['a3', 'reset a1', false],
    ['a3', 'accept a1', false],
    ['a3', 'accept a2', true],
  ]);
});

test('what follows from a decision is taken back with it', async () => {
  const apart = { ...conflict('g'), kind: 'group', object: 0, params: { objects: [1] } };
  const small = { ...conflict('s'), kind: 'existence', object: 1 };
  const objects = [{ members: [{ version: 'A' }] }, { members: [{ version: 'B' }] }];
  const conflicts = [apart, small, conflict('z')] as never;
  const reviews = await open(task('a', conflicts, { merge: { objects } as never }));
  reviews.decide({ conflict: 'g', action: 'version', version: 'B' });
  expect(at(reviews)).toEqual(['a', 'z']);
  reviews.undo();
  expect(at(reviews)).toEqual(['a', 'g']);
  expect(reviews.store.getState().decided.size).toBe(0);
  reviews.redo();
  expect(at(reviews)).toEqual(['a', 'z']);
  await quiet(reviews);
  expect(sent()).toEqual([
    ['a1', 'version g, version s', false],
    ['a1', 'reset g, reset s', false],
    ['a1', 'version g, version s', false],
  ]);
});

const remark = { conflict: 'a2', action: 'send_back', fault: 'loose' } as const;

test('what was sent back is taken back, and what was said before it as well', async () => {
  const a = task('a', [conflict('a1'), conflict('a2')]);
  const reviews = await open(a, task('b', [conflict('b1')]));
  reviews.decide(accept('a1'));
  reviews.sendBack([remark]);
  expect(at(reviews)).toEqual(['b', 'b1']);
  await quiet(reviews);

  const decisions = [accept('a1')] as never;
  vi.mocked(takeBack).mockResolvedValue({ ...a, version: 3, lease: 'new', decisions });
  reviews.undo();
  await vi.waitFor(() => expect(at(reviews)).toEqual(['a', 'a2']));
  expect(reviews.store.getState().closed).toBe(0);
  reviews.undo();
  expect(at(reviews)).toEqual(['a', 'a1']);
  reviews.redo();
  reviews.redo();
  expect(at(reviews)).toEqual(['b', 'b1']);
  await quiet(reviews);
  expect(sent()).toEqual([
    ['a1', 'accept a1', false],
    ['a1', 'send_back a2', false],
    ['a3', 'reset a1', false],
    ['a3', 'accept a1', false],
    ['a3', 'send_back a2', false],
  ]);
});

test('what its author has got already stays sent back, and the way back leads over it', async () => {
  const reviews = await open(task('a', [conflict('a1')]), task('b', [conflict('b1')]));
  reviews.sendBack([{ ...remark, conflict: 'a1' }]);
  const refusal = new ApiError(409, { code: 'seen_already', detail: 'It is with its author.' });
  vi.mocked(takeBack).mockRejectedValue(refusal);
  reviews.undo();
  await vi.waitFor(() => expect(reviews.store.getState().error).toBe(refusal));
  expect(at(reviews)).toEqual(['b', 'b1']);
  expect(reviews.canUndo).toBe(false);
});

test('what is given back is not taken back', async () => {
  const reviews = await open(task('a', [conflict('a1'), conflict('a2')]));
  reviews.decide(accept('a1'));
  reviews.handOver({ conflict: null, action: 'give_back', why: 'unclear', reason: '' });
  await quiet(reviews);
  expect(reviews.canUndo).toBe(false);
  expect(sent().at(-1)).toEqual(['a1', 'give_back null', false]);
});

test('where it is asked for what was missed, the last decision does not close the task', async () => {
  const reviews = await open(task('a', [conflict('a1')], { asks_for_missed: true }));
  reviews.decide(accept('a1'));
  expect(reviews.store.getState()).toMatchObject({ step: 'coverage', closed: 0 });
  reviews.complete([]);
  await quiet(reviews);
  expect(sent()).toEqual([
    ['a1', 'accept a1', false],
    ['a1', '', true],
  ]);
});

test('what cannot be taken back says why, and the work goes on where it was', async () => {
  const reviews = await open(task('a', [conflict('a1')]), task('b', [conflict('b1')]));
  reviews.decide(accept('a1'));
  const refusal = new ApiError(409, { code: 'built_on', detail: 'People are measured by it.' });
  vi.mocked(takeBack).mockRejectedValue(refusal);
  reviews.undo();
  await vi.waitFor(() => expect(reviews.store.getState().error).toBe(refusal));
  expect(at(reviews)).toEqual(['b', 'b1']);
  expect(reviews.canUndo).toBe(false);
});

test('after a 412 the place is kept, and what still holds is sent to the new version', async () => {
  const seen = task('a', [conflict('1', 'x'), conflict('2', 'y'), conflict('3', 'z')]);
  const reviews = await open(seen);
  reviews.decide(accept('1'));
  await quiet(reviews);
  const now = task('a', [conflict('1a', 'x'), conflict('3a', 'z')], { version: 2 });
  serve(now);
  const diff = {
    answers: [],
    conflicts: { gone: ['y'], come: [] },
    decided: [],
    taken_over: false,
  };
  vi.mocked(sendDecisions).mockRejectedValueOnce(new ApiError(412, { diff } as never));
  reviews.decide(accept('2'));
  expect(at(reviews)).toEqual(['a', '3']);
  await vi.waitFor(() => expect(at(reviews)).toEqual(['a', '3a']));
  await quiet(reviews);
  expect(reviews.store.getState().notice).toEqual({
    ...{ kind: 'changed', kept: 1, lost: 1, differences: diff },
  });
  expect(sent().at(-1)).toEqual(['a2', 'accept 1a', false]);
  expect(reviews.store.getState().error).toBe(null);
});

test('without a network decisions wait and are sent once each', async () => {
  vi.useFakeTimers();
  const reviews = await open(task('a', [conflict('1'), conflict('2')]));
  vi.mocked(sendDecisions).mockRejectedValueOnce(new ApiError(0, {}));
  reviews.decide(accept('1'));
  await vi.advanceTimersByTimeAsync(10);
  expect(reviews.store.getState().offline).toBe(true);
  reviews.decide(accept('2'));
  await vi.advanceTimersByTimeAsync(1000);
  vi.useRealTimers();
  expect(reviews.store.getState()).toMatchObject({ offline: false, sending: 0, closed: 1 });
  expect(vi.mocked(sendDecisions).mock.calls.map(([, , final, again]) => [final, again])).toEqual([
    [false, false],
    [false, true],
    [true, false],
  ]);
});
