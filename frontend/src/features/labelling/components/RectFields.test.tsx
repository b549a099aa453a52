import { act, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { Editor } from '@/canvas';
import { renderPart } from '@/testing/renderPart';
import { SelectedBox } from './SelectedBox';

const IMAGE = { width: 200, height: 100 };
const BOX = { label: 'cat', x: 10.125, y: 20, width: 50, height: 30 };
const SPANS = [
  { ...BOX, id: 'a' },
  { ...BOX, id: 'b', x: 100 },
];

async function show(selection = ['a'], readOnly = false) {
  const editor = new Editor({ image: IMAGE, labels: [{ name: 'cat' }], spans: SPANS, readOnly });
  editor.select(selection);
  renderPart(<SelectedBox editor={editor} />);
  if (selection.length === 1) await screen.findByRole('group', { name: 'Selected box, pixels' });
  return editor;
}

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const X = 'x, from the left';
const WIDTH = 'w, width';
const first = (editor: Editor) => editor.state.shapes[0]?.rect;

test('they show the numbers of the box, also while it is moved', async () => {
  const editor = await show();
  expect(field(X)).toBeEnabled();
  expect(screen.getAllByRole('textbox').map((each) => (each as HTMLInputElement).value)).toEqual([
    '10.13',
    '20',
    '50',
    '30',
  ]);
  act(() => {
    editor.nudge(5, 0);
  });
  expect(field(X)).toHaveValue('15.13');
});

test('Enter sets a number, one undo step each, and touches no other', async () => {
  const editor = await show();
  await userEvent.type(field(X), '7,5{Enter}');
  expect(first(editor)).toEqual({ x: 7.5, y: 20, width: 50, height: 30 });
  await userEvent.type(field(WIDTH), '60{Enter}');
  expect(first(editor)).toEqual({ x: 7.5, y: 20, width: 60, height: 30 });
  act(() => {
    editor.undo();
  });
  expect(field(WIDTH)).toHaveValue('50');
  act(() => {
    editor.undo();
  });
  expect(first(editor)?.x).toBe(10.125);
  expect(editor.state.canUndo).toBe(false);
});

test('a number that leaves the image is the nearest that does not', async () => {
  const editor = await show();
  await userEvent.type(field(WIDTH), '99999{Enter}');
  expect(first(editor)?.width).toBeCloseTo(189.875, 9);
  await userEvent.type(field(X), '-3{Enter}');
  expect(field(X)).toHaveValue('0');
});

test('leaving the field sets the number of the box it was typed for', async () => {
  const editor = await show();
  await userEvent.type(field(X), '7');
  fireEvent.blur(field(X));
  act(() => {
    editor.select(['b']);
  });
  expect(editor.state.shapes.map(({ rect }) => rect.x)).toEqual([7, 100]);
});

test('Escape restores, and a number that is not changed is no step', async () => {
  const editor = await show();
  await userEvent.type(field(X), '7{Escape}');
  expect(field(X)).toHaveValue('10.13');
  await userEvent.type(field(X), '10.13{Enter}');
  expect(editor.state.revision).toBe(0);
  expect(first(editor)?.x).toBe(10.125);
});

test('what is no number is refused with a reason, which goes with the box', async () => {
  const editor = await show();
  await userEvent.type(field(X), '1e9{Enter}');
  expect(field(X)).toBeInvalid();
  expect(field(X)).toHaveAccessibleDescription('A number is needed here, like 12 or 12.5.');
  expect(screen.getByRole('alert')).toBeVisible();
  expect(editor.state.revision).toBe(0);
  act(() => {
    editor.select(['b']);
  });
  expect(screen.queryByRole('alert')).toBeNull();
  expect(field(X)).toHaveValue('100');
});

test('no key typed there reaches the page', async () => {
  await show();
  const page = vi.fn();
  window.addEventListener('keydown', page);
  await userEvent.type(field(X), '{Enter}{Escape}');
  window.removeEventListener('keydown', page);
  expect(page).not.toHaveBeenCalled();
});

test('they are there for one box alone', async () => {
  const editor = await show();
  for (const selection of [[], ['a', 'b']]) {
    act(() => {
      editor.select(selection);
    });
    expect(screen.queryByRole('group')).toBeNull();
  }
});

test('nothing can be typed where nothing may be changed', async () => {
  await show(['a'], true);
  expect(field(X)).toBeDisabled();
});
