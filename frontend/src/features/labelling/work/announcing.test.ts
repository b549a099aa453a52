import { expect, test } from 'vitest';
import { Editor } from '@/canvas';
import { announcement } from './announcing';

const SPAN = { label: 'stop', x: 40, y: 60.4, width: 120, height: 79.6 };

function bench() {
  let count = 0;
  const editor = new Editor({
    image: { width: 400, height: 300 },
    labels: [{ name: 'stop' }, { name: 'yield' }],
    spans: ['a', 'b', 'c'].map((id) => ({ ...SPAN, id })),
    suggestions: [{ span: { ...SPAN, id: 's' }, score: 0.625 }],
    createId: () => `new${String(++count)}`,
  });
  return {
    editor,
    after: (act: () => void) => {
      const before = editor.state;
      act();
      return announcement(before, editor.state);
    },
  };
}

const BOX = 'box 3, stop, 120 by 80 at 40, 60';

test('what is selected is told with its number, label, size and place', () => {
  const { editor, after } = bench();
  expect(after(() => editor.select(['c']))).toBe(`${BOX}, selected`);
  expect(after(() => editor.select(['b', 'c']))).toBe('2 shapes, selected');
  expect(after(() => editor.select([]))).toBe('Nothing selected');
  expect(after(() => editor.select(['s']))).toBe(
    'suggested box, stop, 120 by 80 at 40, 60, score 0.63, selected',
  );
});

test('the label of the next shape is told', () => {
  const { editor, after } = bench();
  expect(after(() => editor.setLabel('yield'))).toBe('Label yield');
  expect(after(() => editor.setLabel('yield'))).toBe('');
});

test('what becomes of shapes is told', () => {
  const { editor, after } = bench();
  editor.select(['c']);
  expect(after(() => editor.nudge(1, 0))).toBe('box 3, stop, 120 by 80 at 41, 60');
  expect(after(() => editor.setLabel('yield'))).toBe('box 3, yield, 120 by 80 at 41, 60');
  expect(after(() => editor.deleteSelection())).toBe('box 3, yield, 120 by 80 at 41, 60, deleted');
  expect(after(() => editor.undo())).toBe('Undone, 3 shapes');
  expect(after(() => editor.redo())).toBe('Done again, 2 shapes');
  expect(after(() => editor.place())).toBe('box 3, yield, 100 by 75 at 150, 113, added');
  expect(after(() => editor.accept(['s']))).toBe('box 1, stop, 120 by 80 at 40, 60, accepted');
  editor.selectAll();
  expect(after(() => editor.deleteSelection())).toBe('4 shapes, deleted');
});

test('a change and another selection at once are both told', () => {
  const { editor, after } = bench();
  editor.select(['c']);
  const both = after(() => {
    editor.nudge(1, 0);
    editor.select(['a']);
  });
  expect(both).toBe('box 3, stop, 120 by 80 at 41, 60. box 1, stop, 120 by 80 at 40, 60, selected');
});

test('what is said beside the shapes is not', () => {
  const { editor, after } = bench();
  expect(after(() => editor.setValue('how', 'well'))).toBe('');
});
