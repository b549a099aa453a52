import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DRAWING } from '../drawing';
import { EditorDriver, box } from '../testing/EditorDriver';
import { Renderer } from './renderer';

type Call = readonly [name: string, ...args: unknown[]];

/** A canvas that writes down what is drawn on it; jsdom has none that draws. */
function recordingCanvas() {
  const calls: Call[] = [];
  const target: Record<string, unknown> = {};
  const context = new Proxy(target, {
    get: (_, name: string) =>
      target[name] ??
      ((...args: unknown[]) => {
        calls.push([name, ...args]);
        return name === 'measureText' ? { width: 50 } : undefined;
      }),
    set: (_, name: string, value: unknown) => {
      target[name] = value;
      calls.push([`set ${name}`, value]);
      return true;
    },
  });
  const element = { width: 0, height: 0, style: {}, getContext: () => context };
  const take = () => calls.splice(0);
  return { element: element as unknown as HTMLCanvasElement, take };
}

function count(calls: readonly Call[], name: string): number {
  return calls.filter(([called]) => called === name).length;
}

let frames: (() => void)[] = [];
const nextFrame = () => {
  for (const paint of frames.splice(0)) paint();
};

beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (paint: () => void) => frames.push(paint));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
});
afterEach(() => {
  frames = [];
});

function shown(driver: EditorDriver, pixelRatio = 1) {
  driver.editor.show({ showTags: false });
  const canvases = {
    image: recordingCanvas(),
    shapes: recordingCanvas(),
    active: recordingCanvas(),
  };
  const renderer = new Renderer({
    image: canvases.image.element,
    shapes: canvases.shapes.element,
    active: canvases.active.element,
  });
  renderer.show(driver.editor, {} as ImageBitmap);
  renderer.resize({ width: 200, height: 100 }, pixelRatio);
  const painted = () => ({
    image: canvases.image.take(),
    shapes: canvases.shapes.take(),
    active: canvases.active.take(),
  });
  return { ...canvases, renderer, painted };
}

const SPANS = [box('a', 10, 10, 40, 40), box('b', 100, 10, 40, 40)];

describe('the renderer', () => {
  test('draws each passive shape as a dark line and a coloured one', () => {
    const labels = [{ name: 'cat', colour: '#56b4e9' }];
    const { painted } = shown(new EditorDriver({ spans: SPANS, labels }));
    const { shapes } = painted();
    const last = shapes.slice(shapes.findLastIndex(([name]) => name === 'clearRect'));
    expect(last.filter(([name]) => name === 'strokeRect')).toEqual([
      ['strokeRect', 10, 10, 40, 40],
      ['strokeRect', 100, 10, 40, 40],
      ['strokeRect', 10, 10, 40, 40],
      ['strokeRect', 100, 10, 40, 40],
    ]);
    expect(last.filter(([name]) => name === 'set lineWidth').map(([, width]) => width)).toEqual([
      4, 2,
    ]);
    expect(last).toContainEqual(['set strokeStyle', '#56b4e9']);
  });

  test('dashes the lines of a label beyond the ninth', () => {
    const labels = [...'abcdefghij'].map((name) => ({ name, colour: '#56b4e9' }));
    const dashesOf = (label: string) => {
      const spans = [{ ...box('a', 10, 10, 40, 40), label }];
      const { shapes } = shown(new EditorDriver({ spans, labels })).painted();
      return shapes.filter(([name]) => name === 'setLineDash').map(([, dash]) => dash);
    };
    expect(dashesOf('i').every((dash) => String(dash) === '')).toBe(true);
    expect(dashesOf('j')).toContainEqual([10, 4]);
  });

  test('leaves out what is out of sight', () => {
    const many = Array.from({ length: 400 }, (_, n) => box(`s${String(n)}`, n * 100, 10, 40, 40));
    const driver = new EditorDriver({ image: { width: 40000, height: 100 }, spans: many });
    driver.placeImage(1, 1000, 0);
    const { shapes, renderer } = shown(driver);
    shapes.take();
    renderer.resize({ width: 200, height: 100 }, 1);
    // 1000..1200 shows the boxes at 1000 and 1100; that at 1200 touches with its line.
    expect(count(shapes.take(), 'strokeRect')).toBe(2 * 3);
  });

  test('paints once per frame, however much happens', () => {
    const driver = new EditorDriver({ spans: SPANS });
    const { painted } = shown(driver);
    painted();
    driver.move(20, 20).move(30, 30).move(40, 40);
    expect(frames).toHaveLength(1);
    expect(count(painted().active, 'clearRect')).toBe(0);
    nextFrame();
    expect(count(painted().active, 'clearRect')).toBe(1);
  });

  test('repaints only the active layer while a shape moves', () => {
    const driver = new EditorDriver({ spans: SPANS }).click(30, 30);
    const { painted } = shown(driver);
    driver.down(30, 30).move(40, 40);
    nextFrame();
    painted();
    driver.move(50, 50);
    nextFrame();
    const { image, shapes, active } = painted();
    expect([image, shapes]).toEqual([[], []]);
    expect(active).toContainEqual(['strokeRect', 30, 30, 40, 40]);
  });

  test('repaints only the active layer while a box is drawn', () => {
    const driver = new EditorDriver({ spans: SPANS }).down(20, 60).move(40, 70);
    const { painted } = shown(driver);
    painted();
    driver.move(60, 90);
    nextFrame();
    const { image, shapes, active } = painted();
    expect([image, shapes]).toEqual([[], []]);
    expect(active).toContainEqual(['strokeRect', 20, 60, 40, 30]);
  });

  test('marks the extreme points clicked so far, and no handles meanwhile', () => {
    const driver = new EditorDriver({ drawing: { ...DRAWING, boxBy: 'extremes' } });
    driver.click(20, 60).click(40, 70).move(60, 90);
    const { painted } = shown(driver);
    const grips = painted().active.filter(([name, , , side]) => name === 'fillRect' && side === 8);
    expect(new Set(grips.map(([, x, y]) => `${String(x)},${String(y)}`))).toEqual(
      new Set(['16,56', '36,66']),
    );
  });

  test('shows single pixels from 4 device pixels each', () => {
    const driver = new EditorDriver();
    const { painted } = shown(driver, 2);
    const smooth = () =>
      painted()
        .image.filter(([name]) => name === 'set imageSmoothingEnabled')
        .at(-1)?.[1];
    expect(smooth()).toBe(true);
    driver.placeImage(2, 0, 0);
    nextFrame();
    expect(smooth()).toBe(false);
  });

  test('shows nothing but pixels while shapes are hidden', () => {
    const driver = new EditorDriver({ spans: SPANS });
    driver.editor.setLayers([{ id: 'A', spans: SPANS }]);
    const { painted } = shown(driver);
    painted();
    driver.editor.show({ hidden: true });
    nextFrame();
    expect(count(painted().shapes, 'strokeRect')).toBe(0);
    driver.editor.show({ hidden: false });
    nextFrame();
    expect(count(painted().shapes, 'strokeRect')).toBe(8);
  });

  test('draws layers in their own colour and dash, faded ones pale', () => {
    const driver = new EditorDriver();
    driver.editor.setLayers([
      { id: 'A', colour: '#ff0000', dash: [6, 3], spans: [box('v', 10, 10, 40, 40)] },
      { id: 'agreed', faded: true, spans: [box('w', 100, 10, 40, 40)] },
      { id: 'off', visible: false, spans: [box('u', 60, 10, 40, 40)] },
    ]);
    const { painted, renderer } = shown(driver);
    painted();
    renderer.resize({ width: 200, height: 100 }, 1);
    const { shapes } = painted();
    expect(shapes).toContainEqual(['set strokeStyle', '#ff0000']);
    expect(shapes).toContainEqual(['setLineDash', [6, 3]]);
    expect(shapes).toContainEqual(['set globalAlpha', 0.45]);
    expect(count(shapes, 'strokeRect')).toBe(4);
  });

  test('stops when it is disposed of', () => {
    const driver = new EditorDriver({ spans: SPANS });
    const { painted, renderer } = shown(driver);
    painted();
    renderer.dispose();
    driver.move(20, 20);
    nextFrame();
    expect(painted().active).toEqual([]);
  });
});

describe('a spotlight', () => {
  test('darkens what lies around the shapes, and the tag of a small one shows all the same', () => {
    const driver = new EditorDriver({ spans: [box('a', 10, 10, 4, 4)], spotlight: true });
    const { painted } = shown(driver);
    const { shapes } = painted();
    expect(shapes).toContainEqual(['rect', 0, 0, 200, 100]);
    expect(shapes).toContainEqual(['rect', 10, 10, 4, 4]);
    expect(shapes).toContainEqual(['fill', 'evenodd']);
  });

  test('is off while shapes are hidden', () => {
    const driver = new EditorDriver({ spans: [box('a', 10, 10, 4, 4)], spotlight: true });
    driver.editor.show({ hidden: true });
    expect(count(shown(driver).painted().shapes, 'fill')).toBe(0);
  });
});

describe('the look of a dataset and of a person', () => {
  const of = (calls: readonly Call[], name: string) =>
    calls.filter(([called]) => called === name).map(([, value]) => value);

  test('lines are as wide as the dataset wants, with their dark edge', () => {
    const drawing = { ...DRAWING, strokeWidth: 4 };
    const { painted, renderer } = shown(new EditorDriver({ spans: SPANS, drawing }));
    renderer.resize({ width: 200, height: 100 }, 1);
    expect(of(painted().shapes, 'set lineWidth')).toContain(6);
    renderer.resize({ width: 200, height: 100 }, 1);
    expect(of(painted().shapes, 'set lineWidth').at(-1)).toBe(4);
  });

  test('darkens the image under the shapes, not while the pixels are looked at', () => {
    const driver = new EditorDriver({ spans: SPANS, drawing: { ...DRAWING, darken: 0.5 } });
    const { painted } = shown(driver);
    const { shapes } = painted();
    expect(shapes.find(([name]) => name === 'fillRect')).toEqual(['fillRect', 0, 0, 200, 100]);
    expect(of(shapes, 'set globalAlpha')[0]).toBe(0.5);
    expect(shapes.findIndex(([name]) => name === 'fillRect')).toBeLessThan(
      shapes.findIndex(([name]) => name === 'strokeRect'),
    );
    driver.editor.show({ hidden: true });
    nextFrame();
    expect(count(painted().shapes, 'fillRect')).toBe(0);
  });

  test('fills shapes when asked, and repaints one that is concealed', () => {
    const driver = new EditorDriver({ spans: SPANS });
    const { painted } = shown(driver);
    expect(count(painted().shapes, 'fillRect')).toBe(0);
    driver.editor.setLook({ fill: 0.3 });
    nextFrame();
    expect(count(painted().shapes, 'fillRect')).toBe(2);
    driver.editor.scene.set({ concealed: new Set(['a']) });
    nextFrame();
    expect(count(painted().shapes, 'fillRect')).toBe(1);
  });

  test('without smoothing every pixel is shown as it is', () => {
    const driver = new EditorDriver({ spans: SPANS });
    const { painted } = shown(driver);
    expect(of(painted().image, 'set imageSmoothingEnabled').at(-1)).toBe(true);
    driver.editor.setLook({ smooth: false });
    nextFrame();
    expect(of(painted().image, 'set imageSmoothingEnabled')).toEqual([false]);
  });

  test('moves the image as a picture, and paints anew only what is beyond it', () => {
    const driver = new EditorDriver({ image: { width: 4000, height: 100 } });
    driver.placeImage(1, 1000, 0);
    const { painted, image } = shown(driver);
    const pan = (dx: number) => {
      driver.editor.view.panBy(dx, 0);
      nextFrame();
      return painted().image;
    };
    painted();
    // From the first move on there are 256 px to every side of the view.
    expect(pan(30)).toContainEqual(['rect', 0, 0, 712, 612]);
    expect(pan(250)).toEqual([]);
    expect(image.element.style.transform).toBe('translate(-6px, -256px)');
    const beyond = pan(30);
    expect(beyond).toContainEqual(['drawImage', image.element, 280, 0]);
    expect(beyond).toContainEqual(['rect', 0, 0, 280, 612]);
    expect(image.element.style.transform).toBe('translate(-256px, -256px)');
    expect(pan(0.5)).toContainEqual(['rect', 0, 0, 200, 100]);
    expect(image.element.style.transform).toBe('translate(0px, 0px)');
  });

  test('takes an empty active layer off the screen', () => {
    const driver = new EditorDriver({ spans: SPANS, tool: 'select' });
    const { active } = shown(driver);
    expect(active.element.style.visibility).toBe('hidden');
    driver.click(35, 35);
    nextFrame();
    expect(active.element.style.visibility).toBe('visible');
    driver.key('Escape').move(90, 90);
    nextFrame();
    expect(active.element.style.visibility).toBe('hidden');
  });

  test('the crosshair can be put away', () => {
    const driver = new EditorDriver();
    const { painted } = shown(driver);
    painted();
    driver.move(20, 20);
    nextFrame();
    expect(count(painted().active, 'fillRect')).toBe(4);
    driver.editor.setLook({ crosshair: false });
    nextFrame();
    expect(count(painted().active, 'fillRect')).toBe(0);
  });
});
