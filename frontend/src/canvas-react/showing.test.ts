import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Editor } from '../canvas';
import type { CanvasStage } from './CanvasStage';
import { decodeWhole, preloadImage } from './images';
import { showWhenDecoded } from './showing';

vi.mock('./images', () => ({ preloadImage: vi.fn(), decodeWhole: vi.fn() }));

const LARGE = { url: '/file', level: '/level' };
/** A quarter of the image's 4000 x 3000 pixels each way: blurred from a zoom of 0.25 on. */
const LEVEL = { width: 1000, height: 750 } as ImageBitmap;

function makeWhole() {
  return { width: 4000, height: 3000, close: vi.fn() } as unknown as ImageBitmap;
}

async function shown(image: { url: string; level: string | null } = LARGE) {
  const editor = new Editor({ image: { width: 4000, height: 3000 }, labels: [] });
  const stage = { show: vi.fn(), sharpen: vi.fn(), editor: null };
  const sharpness = vi.fn();
  const outcome = { ready: vi.fn(), failed: vi.fn(), sharpness };
  vi.mocked(preloadImage).mockResolvedValue(LEVEL);
  const leave = showWhenDecoded(stage as unknown as CanvasStage, editor, image, outcome);
  await vi.waitFor(() => {
    expect(outcome.ready).toHaveBeenCalledOnce();
  });
  return { editor, stage, sharpness, leave };
}

beforeEach(() => {
  vi.mocked(decodeWhole).mockReset();
});

describe('a large image', () => {
  test('opens with its level; all pixels come with the zoom that needs them, once', async () => {
    const whole = makeWhole();
    vi.mocked(decodeWhole).mockResolvedValue(whole);
    const { editor, stage, sharpness } = await shown();
    expect(stage.show).toHaveBeenCalledWith(editor, LEVEL);
    editor.view.zoomBy(0.24 / editor.state.viewport.zoom);
    expect(decodeWhole).not.toHaveBeenCalled();
    editor.view.zoomBy(2);
    editor.view.zoomBy(2);
    expect(sharpness.mock.lastCall).toEqual(['coming']);
    await vi.waitFor(() => {
      expect(stage.sharpen).toHaveBeenCalledWith(whole);
    });
    expect(sharpness.mock.lastCall).toEqual(['sharp']);
    editor.view.fit();
    editor.view.actualSize();
    expect(decodeWhole).toHaveBeenCalledOnce();
    expect(whole.close).not.toHaveBeenCalled();
  });

  test('that was left meanwhile gives its memory back', async () => {
    const whole = makeWhole();
    vi.mocked(decodeWhole).mockResolvedValue(whole);
    const { editor, stage, sharpness, leave } = await shown();
    editor.view.actualSize();
    leave();
    await vi.waitFor(() => {
      expect(whole.close).toHaveBeenCalledOnce();
    });
    expect(stage.sharpen).not.toHaveBeenCalled();
    expect(sharpness.mock.lastCall).toEqual(['sharp']);
  });

  test('whose pixels cannot be had says so, and is asked for again at the next zoom', async () => {
    vi.mocked(decodeWhole).mockRejectedValueOnce(new Error('offline'));
    const { editor, stage, sharpness } = await shown();
    editor.view.actualSize();
    await vi.waitFor(() => {
      expect(sharpness.mock.lastCall).toEqual(['missing']);
    });
    const whole = makeWhole();
    vi.mocked(decodeWhole).mockResolvedValue(whole);
    editor.view.panBy(10, 10);
    expect(decodeWhole).toHaveBeenCalledOnce();
    editor.view.zoomBy(2);
    await vi.waitFor(() => {
      expect(stage.sharpen).toHaveBeenCalledWith(whole);
    });
  });

  test('an image without a level is all there is', async () => {
    const { editor } = await shown({ url: '/file', level: null });
    editor.view.zoomBy(50);
    expect(decodeWhole).not.toHaveBeenCalled();
  });
});
