import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { Editor } from '@/canvas';
import type { Attribute, Span } from '@/canvas';
import { renderPart } from '@/testing/renderPart';
import { serve } from '@/testing/server';
import { SelectedAttributes } from './SelectedAttributes';

const ASKED: Attribute[] = [
  { name: 'worn', kind: 'checkbox', required: true },
  { name: 'colour', kind: 'select', options: ['red', 'green'] },
  { name: 'doors', kind: 'number' },
  { name: 'plate', kind: 'text' },
];
const LABELS = [{ name: 'car', attributes: ASKED }, { name: 'road' }];
const CAR = { label: 'car', x: 0, y: 0, width: 9, height: 9 };

async function show(spans: Span[], select = spans.map(({ id = '' }) => id)) {
  const editor = new Editor({ image: { width: 99, height: 99 }, labels: LABELS, spans });
  serve({ 'GET /api/me/': { preferences: { keys: { attributes: 'e' } } } });
  renderPart(<SelectedAttributes editor={editor} />);
  act(() => {
    editor.select(select);
  });
  await screen.findByRole('heading', { name: /^Attributes of car/ });
  return editor;
}

const worn = () => screen.getByRole<HTMLInputElement>('checkbox', { name: /^worn/ });
const said = (editor: Editor) => editor.getSpans().map((span) => span['attributes']);

test('every kind is said in its field, a text as one undo step', async () => {
  const editor = await show([{ ...CAR, id: 'a' }]);
  expect(worn()).toBePartiallyChecked();
  await userEvent.click(worn());
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'colour' }), 'green');
  await userEvent.type(screen.getByRole('textbox', { name: 'doors' }), '2,5');
  await userEvent.type(screen.getByRole('textbox', { name: 'plate' }), 'KA 1');
  expect(said(editor)).toEqual([{ worn: true, colour: 'green', doors: 2.5, plate: 'KA 1' }]);
  act(() => {
    editor.undo();
  });
  expect(said(editor)).toEqual([{ worn: true, colour: 'green', doors: 2.5 }]);
});

test('what is no number is told and not kept', async () => {
  const editor = await show([{ ...CAR, id: 'a', attributes: { worn: true } }]);
  await userEvent.type(screen.getByRole('textbox', { name: 'doors' }), 'two');
  expect(screen.queryByRole('alert')).toBeNull();
  await userEvent.tab();
  expect(screen.getByRole('alert')).toHaveTextContent('This is no number.');
  expect(said(editor)).toEqual([{ worn: true }]);
});

test('where several differ nothing is claimed, and all take what is said', async () => {
  const editor = await show([
    { ...CAR, id: 'a', attributes: { worn: true, colour: 'red' } },
    { ...CAR, id: 'b', attributes: { worn: false, colour: 'green' } },
  ]);
  expect(worn()).toBePartiallyChecked();
  const colour = screen.getByRole('combobox', { name: 'colour' });
  expect(colour).toHaveDisplayValue('different');
  await userEvent.selectOptions(colour, 'red');
  expect(said(editor)).toEqual([
    { worn: true, colour: 'red' },
    { worn: false, colour: 'red' },
  ]);
});

test('what nobody asks any more is shown, and can be taken away', async () => {
  const editor = await show([{ ...CAR, id: 'a', attributes: { worn: true, wheels: 4 } }]);
  expect(screen.getByText(/wheels: 4/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Remove wheels' }));
  expect(said(editor)).toEqual([{ worn: true }]);
});

test('shapes of several labels have nothing in common, a locked one is not changed', async () => {
  const editor = await show(
    [
      { ...CAR, id: 'a', attributes: { worn: true } },
      { ...CAR, id: 'b', label: 'road' },
    ],
    ['a'],
  );
  act(() => {
    editor.lock(['a']);
  });
  expect(worn()).toBeDisabled();
  act(() => {
    editor.select(['a', 'b']);
  });
  expect(screen.queryByRole('heading')).toBeNull();
});
