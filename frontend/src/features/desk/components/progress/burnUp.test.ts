import { describe, expect, it } from 'vitest';
import { burnUp } from './burnUp';
import { stacks } from './stacks';

function end(open: number, answered: number, conflicted: number, final: number) {
  const total = open + answered + conflicted + final;
  return { day: '2026-03-04', rebuilt: false, tasks: { total, open, answered, conflicted, final } };
}

describe('what is done against all there is', () => {
  it('lays one state on the other, from the ground', () => {
    const { layers, all, most } = burnUp([end(4, 0, 0, 0), end(5, 1, 2, 2)]);
    expect(most).toBe(10);
    expect(layers.map(({ outline }) => outline)).toEqual([
      '0,10 1,8 1,10 0,10',
      '0,10 1,6 1,8 0,10',
      '0,10 1,5 1,6 0,10',
    ]);
    expect(all).toBe('0,6 1,0');
  });

  it('draws nothing of a dataset without tasks', () => {
    expect(burnUp([end(0, 0, 0, 0)]).most).toBe(1);
  });
});

describe('answers stacked by person', () => {
  const row = (name: string, answers: number[]) => ({ user: { id: name, name }, answers });

  it('keeps those who answered most apart and puts the others together', () => {
    const people = [row('a', [5, 5]), row('b', [1, 2]), row('c', [1, 1]), row('d', [0, 1])];
    const found = stacks(people, 2, 2);
    expect(found.map(({ name, answers }) => [name, answers])).toEqual([
      ['a', [5, 5]],
      ['b', [1, 2]],
      [null, [1, 2]],
    ]);
  });

  it('leaves out who answered nothing', () => {
    expect(stacks([row('a', [1]), row('b', [0])], 1, 8).map(({ name }) => name)).toEqual(['a']);
  });
});
