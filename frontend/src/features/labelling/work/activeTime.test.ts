import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ActiveTime } from './activeTime';

const time = new ActiveTime();
let hidden = false;

const move = () => window.dispatchEvent(new Event('pointermove'));
const turn = (away: boolean) => {
  hidden = away;
  document.dispatchEvent(new Event('visibilitychange'));
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
  time.start();
  time.begin(0);
});

afterEach(() => {
  time.stop();
  vi.useRealTimers();
});

test('it counts up to a minute after the last input', () => {
  vi.advanceTimersByTime(50_000);
  move();
  vi.advanceTimersByTime(300_000);
  expect(time.seconds).toBe(110);
  move();
  vi.advanceTimersByTime(10_000);
  expect(time.seconds).toBe(120);
});

test('a hidden page is nobody at work', () => {
  vi.advanceTimersByTime(5_000);
  turn(true);
  vi.advanceTimersByTime(30_000);
  turn(false);
  vi.advanceTimersByTime(5_000);
  expect(time.seconds).toBe(10);
});

test('a task goes on counting from what was spent on it before', () => {
  vi.advanceTimersByTime(5_000);
  time.begin(40);
  vi.advanceTimersByTime(2_000);
  expect(time.seconds).toBe(42);
});
