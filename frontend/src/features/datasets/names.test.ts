import { expect, test } from 'vitest';
import { namesIn, repeated, withLabels, withOptions } from './names';

test('names come by comma or line, without blanks and repeats', () => {
  expect(namesIn(' stop, yield\n\nstop ,, give way ')).toEqual(['stop', 'yield', 'give way']);
});

test('a new label takes the first colour and digit that are free', () => {
  const first = withLabels([], 'stop, yield');
  expect(first).toEqual([
    { name: 'stop', colour: '#e69f00', key: '1', attributes: [] },
    { name: 'yield', colour: '#56b4e9', key: '2', attributes: [] },
  ]);
  const later = withLabels(first.slice(1), 'stop, yield, signal');
  expect(later).toEqual([
    { name: 'yield', colour: '#56b4e9', key: '2', attributes: [] },
    { name: 'stop', colour: '#e69f00', key: '1', attributes: [] },
    { name: 'signal', colour: '#009e73', key: '3', attributes: [] },
  ]);
});

test('the eleventh label has no digit of its own', () => {
  const names = Array.from({ length: 11 }, (_, n) => `label ${n}`).join();
  expect(withLabels([], names).map((label) => label.key)).toEqual([...'1234567890', '']);
});

test('option ids are plain and unique; texts stay as written', () => {
  const options = withOptions([], 'Très bon, tres-bon, !!');
  expect(options).toEqual([
    { id: 'tres-bon', text: 'Très bon', key: '1' },
    { id: 'tres-bon-2', text: 'tres-bon', key: '2' },
    { id: 'option', text: '!!', key: '3' },
  ]);
});

test('repeats are told', () => {
  expect(repeated(['stop'], 'stop, yield')).toEqual(['stop']);
});
