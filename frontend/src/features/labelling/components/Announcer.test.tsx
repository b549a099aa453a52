import { act, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Editor } from '@/canvas';
import { Announcer } from './Announcer';

beforeEach(async () => {
  await import('../work/announcing');
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function show() {
  const span = { id: 'a', label: 'stop', x: 10, y: 10, width: 20, height: 20 };
  const editor = new Editor({
    image: { width: 100, height: 100 },
    labels: [{ name: 'stop' }],
    spans: [span],
  });
  const { container } = render(<Announcer editor={editor} />);
  const region = container.querySelector('[aria-live=polite]');
  const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
  return { editor, pass, said: () => region?.textContent };
}

test('a held arrow is told once in a while, with where it came to', async () => {
  const { editor, pass, said } = show();
  editor.select(['a']);
  await pass(400);
  expect(said()).toBe('box 1, stop, 20 by 20 at 10, 10, selected');
  for (let press = 0; press < 5; press++) {
    editor.nudge(1, 0);
    await pass(30);
  }
  expect(said()).toBe('box 1, stop, 20 by 20 at 10, 10, selected');
  await pass(400);
  expect(said()).toBe('box 1, stop, 20 by 20 at 15, 10');
});

test('a gesture is told when it is over', async () => {
  const { editor, pass, said } = show();
  editor.view.resize({ width: 100, height: 100 });
  editor.pointerDown({ x: 50, y: 50 });
  editor.pointerMove({ x: 70, y: 70 });
  await pass(1_000);
  expect(said()).toBe('');
  editor.pointerUp({ x: 70, y: 70 });
  await pass(400);
  expect(said()).toMatch(/^box 2, stop, .*, added$/);
});
