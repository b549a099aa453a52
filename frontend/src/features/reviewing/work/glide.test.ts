import { expect, test, vi } from 'vitest';
import { Editor } from '@/canvas';
import { glide } from './glide';

const label = { name: 'sign', colour: '#0072b2' };
const at = (id: string, x: number) => ({
  id,
  type: 'rect',
  x,
  y: 10,
  width: 20,
  height: 20,
  label: 'sign',
});

/** Runs what is wanted for the next frames until nothing more is. */
function framesOf() {
  let wanted: FrameRequestCallback[] = [];
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => wanted.push(callback));
  return (now: number) => {
    const [due, rest]: [FrameRequestCallback[], FrameRequestCallback[]] = [wanted, []];
    wanted = rest;
    for (const callback of due) callback(now);
  };
}

test('a canvas that is measured again and found as it was stops no glide', () => {
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  const frame = framesOf();
  const editor = new Editor({ image: { width: 400, height: 300 }, labels: [label] });
  editor.view.resize({ width: 800, height: 600 });
  editor.load([at('right', 300)]);
  glide(editor, () => editor.zoomToShape('right'));
  frame(performance.now() + 20);
  editor.view.resize({ width: 800, height: 600 });
  for (let n = 2; n < 20; n += 1) frame(performance.now() + 20 * n);
  const { x, width } = editor.state.viewport.visible();
  expect(x + width / 2).toBeCloseTo(310);
  vi.unstubAllGlobals();
});

test('a glide is over within 150 ms', () => {
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  const frame = framesOf();
  const editor = new Editor({ image: { width: 400, height: 300 }, labels: [label] });
  editor.view.resize({ width: 800, height: 600 });
  editor.load([at('right', 300)]);
  const middle = () => {
    const { x, width } = editor.state.viewport.visible();
    return x + width / 2;
  };
  const start = performance.now();
  glide(editor, () => editor.zoomToShape('right'));
  frame(start + 60);
  expect(middle()).toBeLessThan(309);
  frame(start + 150);
  expect(middle()).toBeCloseTo(310);
  vi.unstubAllGlobals();
});

test('of two glides begun at once the later one arrives', () => {
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  const frame = framesOf();
  const editor = new Editor({ image: { width: 400, height: 300 }, labels: [label] });
  editor.view.resize({ width: 800, height: 600 });
  editor.load([at('left', 20), at('right', 300)]);
  glide(editor, () => editor.zoomToShape('left'));
  glide(editor, () => editor.zoomToShape('right'));
  for (let n = 1; n < 20; n += 1) frame(performance.now() + 20 * n);
  const { x, width } = editor.state.viewport.visible();
  expect(x + width / 2).toBeCloseTo(310);
  vi.unstubAllGlobals();
});
