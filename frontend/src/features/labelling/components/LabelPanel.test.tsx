import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { Editor } from '@/canvas';
import type { Dataset } from '@/lib/datasets';
import { renderPart } from '@/testing/renderPart';
import { serve } from '@/testing/server';
import { LabelPanel } from './LabelPanel';

type Form = Dataset['drawing']['label_list'];

const LABELS = Array.from({ length: 100 }, (_, n) => ({
  id: `l${String(n)}`,
  name: n === 70 ? 'traffic light' : `sign ${String(n)}`,
  colour: '#56b4e9',
  key: n < 9 ? String(n + 1) : '',
  retired: n === 99,
  shapes: n === 1 ? (['polygon'] as const) : undefined,
}));

afterEach(() => {
  localStorage.clear();
});

async function show(form: Form) {
  const spans = ['a', 'b', 'c'].map((id, n) => {
    return { id, label: 'sign 0', x: 10 * n, y: 0, width: 8, height: 8 };
  });
  const labels = LABELS.filter(({ retired }) => !retired);
  const editor = new Editor({ image: { width: 100, height: 100 }, labels, spans });
  const dataset = {
    id: 'signs',
    labels: LABELS,
    drawing: { label_list: form },
  } as unknown as Dataset;
  function Panel() {
    const [open, set] = useState(false);
    return <LabelPanel dataset={dataset} editor={editor} search={{ open, set }} />;
  }
  serve({ 'GET /api/me/': { preferences: { keys: { label_search: '/' } } } });
  renderPart(<Panel />);
  await screen.findByText('/');
  return editor;
}

const field = () => screen.getByRole('combobox', { name: 'Search labels' });
const marked = () => document.getElementById(field().getAttribute('aria-activedescendant') ?? '');
const type = (text: string) => fireEvent.change(field(), { target: { value: text } });

test('a search relabels the selection and leaves the next ones to what was used lately', async () => {
  const editor = await show('list');
  editor.select(['a', 'c']);
  fireEvent.click(screen.getByRole('button', { name: 'Search labels' }));
  expect(field()).toHaveFocus();
  type('light');
  expect(marked()).toHaveTextContent('traffic light');
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(editor.state.shapes.map(({ label }) => label)).toEqual([
    'traffic light',
    'sign 0',
    'traffic light',
  ]);
  expect(editor.state.label).toBe('traffic light');
  expect(screen.queryByRole('combobox')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Search labels' }));
  expect(marked()).toHaveTextContent('sign 0');
});

test('arrows go round, Escape changes nothing, and no label is called so', async () => {
  const editor = await show('list');
  fireEvent.click(screen.getByRole('button', { name: 'Search labels' }));
  type('sign 1');
  expect(screen.getByRole('status')).toHaveTextContent('11 labels');
  fireEvent.keyDown(field(), { key: 'ArrowUp' });
  expect(marked()).toHaveTextContent('sign 19');
  fireEvent.keyDown(field(), { key: 'ArrowDown' });
  expect(marked()).toHaveTextContent('sign 1');
  type('signal');
  expect(marked()).toBeNull();
  expect(screen.getByRole('status')).toHaveTextContent('No label is called “signal”.');
  fireEvent.keyDown(field(), { key: 'Enter' });
  fireEvent.keyDown(field(), { key: 'Escape' });
  expect(screen.queryByRole('combobox')).toBeNull();
  expect(editor.state.label).toBe('sign 0');
});

test('the list has one stop for Tab; arrows go on from there', async () => {
  const editor = await show('list');
  const rows = within(screen.getByRole('list')).getAllByRole('button');
  expect(rows).toHaveLength(99);
  expect(rows.filter(({ tabIndex }) => tabIndex === 0)).toEqual([rows[0]]);
  rows[0]?.focus();
  fireEvent.keyDown(rows[0] as Element, { key: 'End' });
  expect(rows[98]).toHaveFocus();
  fireEvent.click(rows[98] as Element);
  expect(editor.state.label).toBe('sign 98');
  await waitFor(() => {
    expect(rows.filter(({ tabIndex }) => tabIndex === 0)).toEqual([rows[98]]);
  });
});

test('one field stands for the list where the dataset wants so', async () => {
  await show('dropdown');
  expect(screen.queryByRole('list')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Label: sign 0' }));
  expect(screen.getAllByRole('option')).toHaveLength(99);
  fireEvent.click(screen.getByRole('option', { name: /traffic light/ }));
  expect(screen.getByRole('button', { name: 'Label: traffic light' })).toBeInTheDocument();
});

test('a label that is not for what is in hand says so, and is not taken', async () => {
  const editor = await show('list');
  const row = screen.getByRole('button', { name: /sign 1 ?only polygons/ });
  expect(row).toHaveAttribute('aria-disabled', 'true');
  fireEvent.click(row);
  expect(editor.state.label).toBe('sign 0');
  act(() => {
    editor.setTool('polygon');
  });
  await waitFor(() => {
    expect(row).not.toHaveTextContent('only');
  });
  fireEvent.click(row);
  expect(editor.state.label).toBe('sign 1');
});
