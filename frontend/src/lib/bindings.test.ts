import { expect, test, vi } from 'vitest';
import { bound, holderOf, keySign, keyWords, released, withKey } from './bindings';
import type { Bindings } from './bindings';

const KEYS = { accept: 'j', reject: '', hide: 'Ctrl+h', zoom_in: '+' } as Bindings;

test('acts are found by the keys that a person has for them, others by none', () => {
  const accept = vi.fn();
  expect(bound({ accept, reject: vi.fn() }, KEYS)).toEqual({ j: accept });
});

test('a key is taken where another action has it', () => {
  expect(holderOf('j', KEYS, 'reject')).toBe('accept');
  expect(holderOf('j', KEYS, 'accept')).toBeUndefined();
});

test('a key that is let go is told without those held beside it', () => {
  expect([released('h'), released('Ctrl+h'), released('+')]).toEqual(['up h', 'up h', 'up +']);
});

test('keys read as they are printed', () => {
  expect(['Ctrl+Shift+z', ' ', 'Ctrl++', 'pageup'].map(keyWords)).toEqual([
    'Ctrl Shift Z',
    'Space',
    'Ctrl +',
    'Pageup',
  ]);
  expect(['Shift+s', ' ', 'backspace', ''].map(keySign)).toEqual(['⇧S', '␣', '⌫', '']);
  expect([withKey('Fit', 'f'), withKey('Fit', '')]).toEqual(['Fit (F)', 'Fit']);
});
