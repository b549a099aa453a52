import { act, fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Editor } from '@/canvas';
import { renderPart } from '@/testing/renderPart';
import { serve } from '@/testing/server';
import { ShapeList } from './ShapeList';
import { rowsInSight } from './useRowsInSight';

const IMAGE = { width: 4000, height: 3000 };
const ROW = 34;
const SIGHT = 10 * ROW;

async function show(count: number, options: Partial<ConstructorParameters<typeof Editor>[0]> = {}) {
  const spans = Array.from({ length: count }, (_, n) => ({
    id: `s${String(n)}`,
    label: 'cat',
    x: n % 100,
    y: 1,
    width: 20,
    height: 10,
  }));
  const editor = new Editor({ image: IMAGE, labels: [{ name: 'cat' }], spans, ...options });
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockImplementation(function (
    this: HTMLElement,
  ) {
    return this.tagName === 'UL' ? ROW * editor.state.shapes.length : SIGHT;
  });
  serve({ 'GET /api/me/': { preferences: { keys: { delete: 'delete' } } } });
  renderPart(<ShapeList editor={editor} />);
  await screen.findByRole('heading');
  return editor;
}

const rows = () => screen.getAllByRole('listitem');
const row = (place: number) => {
  const found = rows().find((item) => item.ariaPosInSet === String(place));
  if (!found) throw new Error(`Row ${String(place)} is not in the page.`);
  const [select, ...more] = within(found).getAllByRole('button');
  return { select: select as HTMLElement, more };
};
const sight = () => screen.getByRole('list').parentElement as HTMLElement;

beforeEach(() => {
  vi.restoreAllMocks();
});

describe('5,000 shapes', () => {
  test('only those in sight are in the page, and each tells its place among all', async () => {
    await show(5000);
    expect(screen.getByRole('heading', { name: 'Shapes (5000)' })).toBeInTheDocument();
    expect(rows().length).toBeLessThan(30);
    expect(rows()[3]).toHaveAttribute('aria-posinset', '4');
    expect(rows()[3]).toHaveAttribute('aria-setsize', '5000');
  });

  test('scrolling brings others', async () => {
    await show(5000);
    sight().scrollTop = 2000 * ROW;
    fireEvent.scroll(sight());
    expect(row(2001).select).toBeInTheDocument();
    expect(row(2010).select).toBeInTheDocument();
    expect(rows().length).toBeLessThan(30);
  });

  test('arrows, Home and End go through all, with selection and focus', async () => {
    const editor = await show(5000);
    row(1).select.focus();
    fireEvent.keyDown(row(1).select, { key: 'End' });
    expect(editor.state.selection).toEqual(['s4999']);
    expect(row(5000).select).toHaveFocus();
    expect(sight().scrollTop).toBe(4990 * ROW);
    fireEvent.keyDown(row(5000).select, { key: 'ArrowUp' });
    expect(row(4999).select).toHaveFocus();
    fireEvent.keyDown(row(4999).select, { key: 'ArrowDown' });
    fireEvent.keyDown(row(5000).select, { key: 'ArrowDown' });
    expect(row(5000).select).toHaveFocus();
    fireEvent.keyDown(row(5000).select, { key: 'Home' });
    expect(row(1).select).toHaveFocus();
    expect(editor.state.selection).toEqual(['s0']);
  });

  test('what is selected on the canvas comes into sight, and is where Tab comes to', async () => {
    const editor = await show(5000);
    act(() => {
      editor.select(['s3000']);
    });
    expect(row(3001).select).toHaveAttribute('aria-pressed', 'true');
    expect(row(3001).select.tabIndex).toBe(0);
    expect(
      rows().filter((item) => within(item).getAllByRole('button')[0]?.tabIndex === 0),
    ).toHaveLength(1);
    expect(sight().scrollTop).toBe(3001 * ROW - SIGHT);
  });
});

test('a list that somebody scrolled stays where it is while a box is drawn', async () => {
  const editor = await show(100);
  sight().scrollTop = 40 * ROW;
  act(() => {
    editor.pointerDown({ x: 100, y: 300 });
    editor.pointerMove({ x: 200, y: 400 });
  });
  expect(sight().scrollTop).toBe(40 * ROW);
  act(() => {
    editor.pointerUp({ x: 200, y: 400 });
  });
  expect(sight().scrollTop).toBe(91 * ROW);
});

test('a row that is deleted leaves its focus to the one that takes its place', async () => {
  const editor = await show(3);
  const { select, more } = row(2);
  select.focus();
  fireEvent.click(more.at(-1) as HTMLElement);
  expect(editor.state.shapes.map(({ id }) => id)).toEqual(['s0', 's2']);
  expect(row(2).select).toHaveFocus();
});

test.each([
  ['drag', /^Drag on the image/],
  ['corners', /^Click on two opposite corners/],
  ['extremes', /^Click on the four outermost points/],
] as const)('without shapes it says how a box is drawn by %s', async (boxBy, hint) => {
  const { drawing } = new Editor({ image: IMAGE, labels: [] }).state;
  await show(0, { drawing: { ...drawing, boxBy } });
  expect(screen.getByText(hint)).toBeInTheDocument();
});

test.each([
  [
    { top: 0, height: 340, row: 34 },
    { first: 0, end: 18 },
  ],
  [
    { top: 3400, height: 340, row: 34 },
    { first: 92, end: 118 },
  ],
  [
    { top: 33_660, height: 340, row: 34 },
    { first: 982, end: 1000 },
  ],
  [
    { top: 0, height: 0, row: 0 },
    { first: 0, end: 8 },
  ],
])('rows in sight at %j of 1,000', (place, expected) => {
  expect(rowsInSight(place, 1000)).toEqual(expected);
});
