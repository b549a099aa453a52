import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DRAWING, Editor } from '../canvas';
import { AnnotationCanvas } from './AnnotationCanvas';
import { preloadImage } from './images';
import { useEditorValue } from './useEditorValue';

vi.mock('./images', () => ({ preloadImage: vi.fn() }));

const IMAGE = { width: 200, height: 100 };
const IMAGE_1 = { url: '/1', level: null };
const SPAN = { id: 'a', label: 'cat', x: 10, y: 10, width: 40, height: 40 };

function makeEditor() {
  const editor = new Editor({ image: IMAGE, labels: [{ name: 'cat' }], spans: [SPAN] });
  editor.show({ showTags: false });
  return editor;
}

/** Decoding that ends when the test says so. */
function pendingImage() {
  let resolve: (bitmap: ImageBitmap) => void;
  let reject: (error: Error) => void;
  const image = new Promise<ImageBitmap>((...settle) => ([resolve, reject] = settle));
  vi.mocked(preloadImage).mockReturnValueOnce(image);
  const settled = (settle: () => void) =>
    act(async () => {
      settle();
      await image.catch(() => undefined);
    });
  return {
    decoded: () => settled(() => resolve({} as ImageBitmap)),
    broken: () => settled(() => reject(new Error('gone'))),
  };
}

beforeEach(() => {
  const drawsNothing = new Proxy({}, { get: () => () => undefined, set: () => true });
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(drawsNothing as never);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(300);
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {
        // The size never changes here.
      }
      disconnect() {
        // Nothing was observed.
      }
    },
  );
});

describe('AnnotationCanvas', () => {
  test('has a name and the focus, and gives its keys to the editor', async () => {
    const { decoded } = pendingImage();
    const editor = makeEditor();
    const onPageKey = vi.fn();
    window.addEventListener('keydown', onPageKey);
    render(<AnnotationCanvas editor={editor} image={IMAGE_1} label="Image 1" />);
    await decoded();
    const canvas = screen.getByRole('application', { name: 'Image 1' });
    expect(canvas).toHaveFocus();
    fireEvent.keyDown(canvas, { key: 'Tab' });
    expect(editor.state.selection).toEqual(['a']);
    expect(onPageKey).not.toHaveBeenCalled();
    fireEvent.keyDown(canvas, { key: 'Enter' });
    expect(onPageKey).toHaveBeenCalledOnce();
    window.removeEventListener('keydown', onPageKey);
  });

  test('keeps the old task until the next image is decoded', async () => {
    const first = pendingImage();
    const [one, two] = [makeEditor(), makeEditor()];
    const onReady = vi.fn();
    const canvas = (editor: Editor, url: string) => (
      <AnnotationCanvas
        editor={editor}
        image={{ url, level: null }}
        label="Image"
        onReady={onReady}
      />
    );
    const { rerender } = render(canvas(one, '/1'));
    await first.decoded();
    expect(onReady).toHaveBeenCalledTimes(1);
    const second = pendingImage();
    rerender(canvas(two, '/2'));
    fireEvent.keyDown(screen.getByRole('application'), { key: 'Tab' });
    expect([one.state.selection, two.state.selection]).toEqual([['a'], []]);
    await second.decoded();
    expect(onReady).toHaveBeenCalledTimes(2);
    fireEvent.keyDown(screen.getByRole('application'), { key: 'Tab' });
    expect(two.state.selection).toEqual(['a']);
  });

  test('tells when an image is broken and still shows its shapes', async () => {
    const { broken } = pendingImage();
    const editor = makeEditor();
    const onError = vi.fn();
    render(<AnnotationCanvas editor={editor} image={IMAGE_1} label="Image" onError={onError} />);
    await broken();
    expect(onError).toHaveBeenCalledWith(new Error('gone'));
    expect(editor.state.viewport.view).toEqual({ width: 400, height: 300 });
  });

  test('goes on between clicks, and cancels when a press is taken away', async () => {
    const { decoded } = pendingImage();
    const drawing = { ...DRAWING, boxBy: 'corners' as const };
    const editor = new Editor({ image: IMAGE, labels: [{ name: 'cat' }], drawing });
    render(<AnnotationCanvas editor={editor} image={IMAGE_1} label="Image" />);
    await decoded();
    const canvas = screen.getByRole('application');
    canvas.setPointerCapture = () => undefined;
    const press = { pointerId: 1, isPrimary: true, button: 0, buttons: 1 };
    fireEvent.pointerDown(canvas, press);
    fireEvent.pointerUp(canvas, { ...press, buttons: 0 });
    fireEvent.lostPointerCapture(canvas, press);
    expect(editor.state.path).toBe('box.corners');
    fireEvent.pointerDown(canvas, press);
    fireEvent.lostPointerCapture(canvas, press);
    expect(editor.state.path).toBe('box.idle');
  });

  test('a stroke goes on when the middle button, which panned meanwhile, takes the capture along', async () => {
    const { decoded } = pendingImage();
    const editor = makeEditor();
    render(<AnnotationCanvas editor={editor} image={IMAGE_1} label="Image" />);
    await decoded();
    const canvas = screen.getByRole('application');
    const capture = vi.fn();
    canvas.setPointerCapture = capture;
    const mouse = { pointerId: 1, isPrimary: true, buttons: 1 };
    fireEvent.pointerDown(canvas, { ...mouse, button: 0 });
    fireEvent.pointerMove(canvas, { ...mouse, button: 1, buttons: 5 });
    expect(editor.state.path).toBe('pan.dragging');
    fireEvent.pointerMove(canvas, { ...mouse, button: 1 });
    fireEvent.lostPointerCapture(canvas, { ...mouse, button: -1 });
    expect(editor.state.path).toBe('box.drawing');
    expect(capture).toHaveBeenCalledTimes(2);
    fireEvent.lostPointerCapture(canvas, { ...mouse, button: -1 });
    expect(editor.state.path).toBe('box.idle');
  });

  test('gives Space to the page when tapped, and keeps it when the image was panned', async () => {
    const { decoded } = pendingImage();
    const editor = makeEditor();
    const onPageKey = vi.fn();
    render(<AnnotationCanvas editor={editor} image={IMAGE_1} label="Image" />);
    await decoded();
    window.addEventListener('keyup', onPageKey);
    fireEvent.keyDown(document.body, { key: ' ' });
    fireEvent.keyUp(document.body, { key: ' ' });
    expect(onPageKey).toHaveBeenCalledTimes(1);
    fireEvent.keyDown(document.body, { key: ' ' });
    editor.pointerDown({ x: 50, y: 50 });
    editor.pointerMove({ x: 90, y: 50 });
    fireEvent.keyUp(document.body, { key: ' ' });
    expect(onPageKey).toHaveBeenCalledTimes(1);
    window.removeEventListener('keyup', onPageKey);
  });
});

test('useEditorValue renders anew when its part changes, and only then', () => {
  const editor = makeEditor();
  let renders = 0;
  function Count() {
    const shapes = useEditorValue(editor, (state) => state.shapes);
    renders += 1;
    return <output>{shapes.length}</output>;
  }
  render(<Count />);
  act(() => {
    editor.view.zoomBy(2);
    editor.pointerMove({ x: 1, y: 1 });
  });
  expect(renders).toBe(1);
  act(() => {
    editor.selectAll();
    editor.deleteSelection();
  });
  expect(screen.getByRole('status')).toHaveTextContent('0');
});
