import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/renderPart';
import type { LabelDraft } from '../names';
import { LabelsEditor } from './LabelsEditor';

function Editor() {
  const [labels, setLabels] = useState<LabelDraft[]>([]);
  return <LabelsEditor labels={labels} onChange={setLabels} />;
}

const names = () =>
  screen
    .queryAllByRole('textbox', { name: /^Name of/ })
    .map((box) => (box as HTMLInputElement).value);

test('Enter adds what was typed, a paste adds all of it, a repeat is told', async () => {
  renderPart(<Editor />);
  const field = screen.getByRole('textbox', { name: 'New labels' });
  await userEvent.type(field, 'stop{Enter}');
  await userEvent.click(field);
  await userEvent.paste('yield\ngive way');
  expect(names()).toEqual(['stop', 'yield', 'give way']);
  await userEvent.type(field, 'stop{Enter}');
  expect(names()).toHaveLength(3);
  expect(screen.getByText('Already there: stop')).toBeVisible();
});

test('a digit that another label has cannot be taken', async () => {
  renderPart(<Editor />);
  await userEvent.type(screen.getByRole('textbox', { name: 'New labels' }), 'a, b{Enter}');
  const key = screen.getByRole('combobox', { name: 'Key of b' });
  expect(key).toHaveValue('2');
  const taken = [...key.querySelectorAll('option')].filter((option) => option.disabled);
  expect(taken.map((option) => option.value)).toEqual(['1']);
});
