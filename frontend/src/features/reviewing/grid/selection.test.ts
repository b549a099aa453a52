import { expect, test } from 'vitest';
import { NOTHING, extend, goTo, nextOpen, selectAll, toggle } from './selection';
import type { Selectable, Selection } from './selection';

const tile = (id: string, set = 'labels', more: Partial<Selectable> = {}): Selectable => ({
  id,
  set,
  kind: set === 'there' ? 'existence' : 'label',
  open: true,
  ...more,
});
const TILES = [tile('a'), tile('b'), tile('c', 'there'), tile('d'), tile('e', 'other labels')];
const at = (focus: number, ...chosen: string[]): Selection => ({
  focus,
  anchor: focus,
  chosen: new Set(chosen),
});

test('a tile is selected, and no more', () => {
  const once = toggle(TILES, NOTHING, 1);
  expect(once).toEqual({ selection: at(1, 'b'), refused: null });
  expect(toggle(TILES, once.selection, 1).selection).toEqual(at(1));
});

test('what asks something else, or has other options, is refused and why', () => {
  const labels = at(0, 'a');
  expect(toggle(TILES, labels, 2)).toEqual({ selection: at(2, 'a'), refused: 'kind' });
  expect(toggle(TILES, labels, 4)).toEqual({ selection: at(4, 'a'), refused: 'options' });
  const decided = [tile('a', 'labels', { open: false })];
  expect(toggle(decided, NOTHING, 0)).toEqual({ selection: at(0), refused: 'decided' });
});

test('a range takes what goes together with its first tile, and shrinks again', () => {
  const wide = extend(TILES, at(0), 3);
  expect(wide.selection).toEqual({ focus: 3, anchor: 0, chosen: new Set(['a', 'b', 'd']) });
  expect(wide.refused).toBe('kind');
  const narrow = extend(TILES, wide.selection, 1);
  expect([...narrow.selection.chosen]).toEqual(['a', 'b']);
  expect(narrow.refused).toBeNull();
});

test('a range backwards, and one that begins at what is decided', () => {
  expect([...extend(TILES, at(3), 0).selection.chosen]).toEqual(['a', 'b', 'd']);
  const tiles = [tile('a', 'there', { open: false }), tile('b'), tile('c')];
  expect([...extend(tiles, at(0), 2).selection.chosen]).toEqual(['b', 'c']);
});

test('all is all of one set', () => {
  expect([...selectAll(TILES, at(2)).selection.chosen]).toEqual(['c']);
  expect([...selectAll(TILES, at(2, 'b')).selection.chosen]).toEqual(['a', 'b', 'd']);
  expect(selectAll([], NOTHING).selection.chosen.size).toBe(0);
});

test('keys stay within the tiles', () => {
  expect(goTo(TILES, NOTHING, -3).focus).toBe(0);
  expect(goTo(TILES, NOTHING, 40).focus).toBe(4);
  expect(goTo([], NOTHING, 2).focus).toBe(0);
});

test('the focus goes on to what is open, round again', () => {
  const tiles = [tile('a'), tile('b', 'labels', { open: false }), tile('c')];
  expect(nextOpen(tiles, 0)).toBe(2);
  expect(nextOpen(tiles, 2)).toBe(0);
  expect(nextOpen([tile('a', 'labels', { open: false })], 0)).toBeNull();
});
