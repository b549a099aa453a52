import { beforeEach, expect, test } from 'vitest';
import { ApiError } from '@/lib/http';
import { asked, EMPTY, fromTemplate, missingIn, stepOf, templateOf, TEMPLATES } from './draft';
import type { Template } from './draft';
import { keepDraft, keptDraft } from './keptDraft';

beforeEach(() => {
  localStorage.clear();
});

const label = { name: 'stop', colour: '#e69f00', key: '1', attributes: [] };

test('each template is known by its settings, and leaves what was typed', () => {
  for (const name of Object.keys(TEMPLATES) as Template[]) {
    const made = fromTemplate({ ...EMPTY.dataset, name: 'Signs', labels: [label] }, name);
    expect(templateOf(made)).toBe(name);
    expect(made).toMatchObject({ name: 'Signs', labels: [label] });
  }
});

test('answering by the first pick goes with the template that has it', () => {
  const one = { ...fromTemplate(EMPTY.dataset, 'one_of'), auto_accept: true };
  expect(fromTemplate(one, 'some_of').auto_accept).toBe(false);
});

test.each([
  ['boxes', ['name', 'labels']],
  ['judge', ['name', 'labels']],
  ['yes_no', ['name', 'question']],
  ['pick', ['name', 'question']],
  ['one_of', ['name', 'options']],
] as const)('%s cannot do without %s', (name, missing) => {
  expect(missingIn(fromTemplate(EMPTY.dataset, name))).toEqual(missing);
});

test('what was written for another template is not asked', () => {
  const option = { id: 'sun', text: 'sun' };
  const both = { ...EMPTY.dataset, labels: [label], options: [option, option] };
  expect(asked(fromTemplate(both, 'yes_no'))).toMatchObject({ labels: [], options: [] });
  expect(asked(fromTemplate(both, 'boxes'))).toMatchObject({ labels: [label], options: [] });
  expect(asked(fromTemplate(both, 'some_of'))).toMatchObject({
    labels: [],
    choice_style: 'multiple',
  });
});

test('a fault leads to its step', () => {
  const fault = (errors: Record<string, string[]>) => new ApiError(400, { errors });
  expect(stepOf(fault({ overlap: ['no'] }))).toBe('people');
  expect(stepOf(fault({ labels: ['no'] }))).toBe('question');
  expect(stepOf(fault({}))).toBeUndefined();
  expect(stepOf(new Error('no network'))).toBeUndefined();
});

test('a draft is kept for its person only, and a broken one is none', () => {
  const draft = { ...EMPTY, step: 'people' as const, addresses: 'https://a/1.jpg' };
  keepDraft('ann', draft);
  expect(keptDraft('ann')).toEqual(draft);
  expect(keptDraft('ben')).toEqual(EMPTY);
  keepDraft('ann', null);
  expect(keptDraft('ann')).toEqual(EMPTY);
  localStorage.setItem('concord-new-dataset-ann', '{"step":');
  expect(keptDraft('ann')).toEqual(EMPTY);
});
