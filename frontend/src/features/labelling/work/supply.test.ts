import { beforeEach, expect, test, vi } from 'vitest';
import { nextTasks } from '../api/tasks';
import type { Drafts } from './drafts';
import type { WorkState } from './state';
import { Supply } from './supply';
import { someAnswer, someTask } from './testing';

vi.mock('../api/tasks', () => ({ nextTasks: vi.fn() }));

const next = vi.mocked(nextTasks);
const drafts = {
  abandoned: () => Promise.resolve(new Map()),
  resume: <T>(task: T) => task,
} as unknown as Drafts;

let state: Pick<WorkState, 'tasks' | 'answers'>;
const supply = () => new Supply('signs', drafts, () => state as WorkState);
const reply = (...ids: string[]) => ({
  tasks: ids.map((id) => someTask(id)),
  left: ids.length,
  reason: null,
});

beforeEach(() => {
  state = { tasks: [], answers: [] };
});

test('a task that another page has answered while the reply was on its way is not new', async () => {
  let arrive: (reply: Awaited<ReturnType<typeof nextTasks>>) => void = () => undefined;
  next.mockReturnValue(
    new Promise((resolve) => {
      arrive = resolve;
    }),
  );
  const supplies = supply();
  const asked = supplies.ask();
  supplies.confirmed('a');
  arrive(reply('a', 'b'));
  expect((await asked).fresh.map(({ id }) => id)).toEqual(['b']);
});

test('an answered task that comes again later was sent back', async () => {
  const supplies = supply();
  supplies.confirmed('a');
  next.mockResolvedValue(reply('a'));
  expect((await supplies.ask()).fresh.map(({ id }) => id)).toEqual(['a']);
});

test('what is on the page or waits to be sent is not new', async () => {
  state = { tasks: [someTask('a')], answers: [someAnswer('1', { task: someTask('b') })] };
  next.mockResolvedValue(reply('a', 'b', 'c'));
  expect((await supply().ask()).fresh.map(({ id }) => id)).toEqual(['c']);
});
