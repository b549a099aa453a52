import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Viewport } from '../geometry/viewport';
import { EditorDriver } from '../testing/EditorDriver';
import { isBlurred } from './levels';
import { Renderer } from './renderer';

const IMAGE = { width: 12_500, height: 8000 };
const LEVEL = { width: 3062, height: 1960 };
const fitted = Viewport.fitting(IMAGE, { width: 1200, height: 800 });

describe('a level', () => {
  test('is sharp where the whole image is seen, on a dense screen too', () => {
    expect(fitted.zoom).toBeCloseTo(0.0934, 4);
    expect(isBlurred(LEVEL, fitted, 1)).toBe(false);
    expect(isBlurred(LEVEL, fitted, 2)).toBe(false);
    expect(isBlurred(LEVEL, fitted, 3)).toBe(true);
  });

  test('is blurred from the zoom on at which the screen has more pixels for the image', () => {
    expect(isBlurred(LEVEL, fitted.zoomedTo(0.2449), 1)).toBe(false);
    expect(isBlurred(LEVEL, fitted.zoomedTo(0.245), 1)).toBe(true);
    expect(isBlurred(LEVEL, fitted.zoomedTo(0.1225), 2)).toBe(true);
  });

  test('of all pixels is as sharp as it can be at any zoom', () => {
    expect(isBlurred(IMAGE, fitted.zoomedTo(40), 2)).toBe(false);
  });
});

describe('the renderer', () => {
  let frame: () => void;
  const painted = vi.fn<(image: unknown) => void>();
  const canvas = () => {
    const drawing = { drawImage: (image: unknown) => painted(image) };
    const nothing = () => undefined;
    const context = new Proxy(drawing, {
      get: (target, name) => (name === 'drawImage' ? target.drawImage : nothing),
      set: () => true,
    });
    return { style: {}, getContext: () => context } as unknown as HTMLCanvasElement;
  };
  const bitmap = (width: number) => ({ width, close: vi.fn() }) as unknown as ImageBitmap;

  function shown() {
    const { editor } = new EditorDriver();
    editor.show({ showTags: false });
    const renderer = new Renderer({ image: canvas(), shapes: canvas(), active: canvas() });
    renderer.resize({ width: 200, height: 100 }, 1);
    return { editor, renderer };
  }

  beforeEach(() => {
    painted.mockClear();
    vi.stubGlobal('requestAnimationFrame', (paint: () => void) => (frame = paint));
    vi.stubGlobal('cancelAnimationFrame', () => undefined);
  });

  test('paints all pixels where the level would be blurred, and the level elsewhere', () => {
    const { editor, renderer } = shown();
    const [level, whole] = [bitmap(50), bitmap(200)];
    renderer.show(editor, level);
    expect(painted).toHaveBeenLastCalledWith(level);
    renderer.sharpen(whole);
    expect(painted).toHaveBeenLastCalledWith(whole);
    editor.view.zoomBy(0.25);
    frame();
    expect(painted).toHaveBeenLastCalledWith(level);
    editor.view.zoomBy(1.5);
    frame();
    expect(painted).toHaveBeenLastCalledWith(whole);
  });

  test('gives the memory of all pixels back with the next image, and at the end', () => {
    const { editor, renderer } = shown();
    const [level, first, second] = [bitmap(50), bitmap(200), bitmap(200)];
    renderer.show(editor, level);
    renderer.sharpen(first);
    expect(first.close).not.toHaveBeenCalled();
    renderer.show(editor, level);
    expect(first.close).toHaveBeenCalledOnce();
    renderer.sharpen(second);
    renderer.dispose();
    expect(second.close).toHaveBeenCalledOnce();
    expect(level.close).not.toHaveBeenCalled();
  });
});
