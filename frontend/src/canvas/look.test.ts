import { describe, expect, test } from 'vitest';
import { LOOK, isAdjusted, transferTable } from './look';
import { EditorDriver, box } from './testing/EditorDriver';

const at = (table: number[], value: number) => table[Math.round(value * (table.length - 1))];

describe('the transfer of a channel', () => {
  test('leaves the pixels as they are by default', () => {
    expect(isAdjusted(LOOK)).toBe(false);
    const table = transferTable(LOOK);
    table.forEach((value, step) => expect(value).toBeCloseTo(step / 64, 12));
  });

  test.each([
    [{ brightness: 2 }, 0.25, 0.5],
    [{ brightness: 2 }, 0.75, 1],
    [{ contrast: 2 }, 0.5, 0.5],
    [{ contrast: 2 }, 0.625, 0.75],
    [{ contrast: 2 }, 0.125, 0],
    [{ gamma: 2 }, 0.25, 0.5],
    [{ invert: true }, 0.25, 0.75],
    [{ invert: true, brightness: 0.5 }, 0.5, 0.25],
  ])('%j takes %d to %d', (change, from, to) => {
    const look = { ...LOOK, ...change };
    expect(isAdjusted(look)).toBe(true);
    expect(at(transferTable(look), from)).toBeCloseTo(to, 12);
  });
});

test('only the selected shape is there to hit, all of them while none is', () => {
  const spans = [box('a', 10, 10, 40, 40), box('b', 100, 10, 40, 40)];
  const driver = new EditorDriver({ spans, tool: 'select', look: { ...LOOK, onlySelected: true } });
  const shown = () =>
    driver.editor.scene.shapesIn({ x: 0, y: 0, width: 200, height: 100 }).map(({ id }) => id);
  expect(shown()).toEqual(['a', 'b']);
  driver.click(30, 30).expectSelected('a');
  expect(shown()).toEqual(['a']);
  driver.click(120, 30).expectSelected().click(120, 30).expectSelected('b');
  driver.editor.setLook({ onlySelected: false });
  expect(shown()).toHaveLength(2);
});
