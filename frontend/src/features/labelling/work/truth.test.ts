import { expect, test } from 'vitest';
import type { Told } from '../api/answers';
import { someTask } from './testing';
import { partsOf } from './truth';

function told(truth: Partial<Told['truth']>): Told {
  const nothing = { answer: 'accept' as const, spans: [], accept: [], attributes: {} };
  return { score: 0, right: false, truth: { ...nothing, ...truth } };
}

function span(label: string) {
  return { label } as Told['truth']['spans'][number];
}

test('shapes are counted by label', () => {
  const spans = [span('stop'), span('yield'), span('stop')];
  expect(partsOf(told({ spans }), someTask('a'))).toEqual([
    { count: 2, name: 'stop' },
    { count: 1, name: 'yield' },
  ]);
});

test('options go by what was read, and 1 is not "1"', () => {
  const options = [
    { id: 1, text: 'one' },
    { id: '1', text: 'the other one' },
  ];
  const task = { ...someTask('a'), options };
  expect(partsOf(told({ accept: ['1'] }), task)).toEqual([{ count: null, name: 'the other one' }]);
});

test('nothing is nothing', () => {
  expect(partsOf(told({ answer: 'reject' }), someTask('a'))).toEqual([]);
});
