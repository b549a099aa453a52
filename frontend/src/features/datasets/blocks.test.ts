import { expect, test } from 'vitest';
import { blockOf, kindOf, newBlock } from './blocks';

test('a new block has an id that is free', () => {
  const first = newBlock([]);
  expect(first.id).toBe('question-1');
  expect(newBlock([first]).id).toBe('question-2');
  expect(newBlock([{ ...first, id: 'question-2' }]).id).toBe('question-3');
});

test('options go with a text and stay between one and several', () => {
  const one = { ...newBlock([]), options: [{ id: 1, text: 'one' }] };
  const several = blockOf(one, 'several');
  expect([kindOf(several), several.options]).toEqual(['several', one.options]);
  const text = blockOf(several, 'text');
  expect([kindOf(text), text.options, text.multiple]).toEqual(['text', [], false]);
});
