import { describe, expect, it } from 'vitest';
import type { PersonToCall } from '@/lib/threads';
import { begunCall, calledBy, complete, mentionsIn, partsOf } from './mentions';

const person = (word: string): PersonToCall => ({ key: `k${word}`, word, side: 'reviewer' });
const PEOPLE = ['A', 'B', 'Rita', 'Rita Berg', 'Ann (x)'].map(person);

describe('calling somebody', () => {
  it('begins with an @ at the start or after a blank, and ends with the line', () => {
    expect(begunCall('@', 1)).toBe('');
    expect(begunCall('hm @Ri', 6)).toBe('Ri');
    expect(begunCall('hm @Rita Be', 11)).toBe('Rita Be');
    expect(begunCall('mail a@b', 8)).toBeNull();
    expect(begunCall('@Ri\nmore', 8)).toBeNull();
    expect(begunCall('hm @Ri', 2)).toBeNull();
  });

  it('offers those with a word that begins so, whatever its case', () => {
    expect(calledBy('', PEOPLE)).toHaveLength(5);
    expect(calledBy('be', PEOPLE).map(({ word }) => word)).toEqual(['Rita Berg']);
    expect(calledBy('ri', PEOPLE).map(({ word }) => word)).toEqual(['Rita', 'Rita Berg']);
    expect(calledBy('a', PEOPLE).map(({ word }) => word)).toEqual(['Ann (x)']);
    expect(calledBy('ita', PEOPLE)).toEqual([]);
  });

  it('puts the word in place of what was begun', () => {
    expect(complete('hm @ri, ok', 6, person('Rita'))).toEqual({ text: 'hm @Rita , ok', caret: 9 });
    expect(complete('@', 1, person('A'))).toEqual({ text: '@A ', caret: 3 });
  });

  it('counts the longer of two words, and no beginning of another', () => {
    expect(mentionsIn('@Rita Berg look', PEOPLE)).toEqual(['kRita Berg']);
    expect(mentionsIn('@Rita, @B! @Ann (x)', PEOPLE).sort()).toEqual(['kAnn (x)', 'kB', 'kRita']);
    expect(mentionsIn('@Bert @Also a@', PEOPLE)).toEqual([]);
  });

  it('takes a text apart without losing any of it', () => {
    const text = '@you and @another annotator, <b>hi</b> @yours';
    const parts = partsOf(text, ['you', 'another annotator']);
    expect(parts.map((part) => part.text).join('')).toBe(text);
    const calls = parts.filter(({ call }) => call);
    expect(calls.map((part) => part.text)).toEqual(['@you', '@another annotator']);
    expect(partsOf('plain', [])).toEqual([{ text: 'plain', call: false }]);
  });
});
