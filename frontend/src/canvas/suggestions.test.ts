import { expect, test } from 'vitest';
import { EditorDriver, box } from './testing/EditorDriver';
import { captionOf } from './document/suggestions';

const low = { span: box('low', 10, 10, 20, 20), score: 0.2 };
const high = { span: box('high', 60, 10, 20, 20), score: 0.9 };
const plain = { span: box('plain', 110, 10, 20, 20), score: null };

function offered(more: object = {}) {
  return new EditorDriver({ suggestions: [low, high, plain], ...more });
}

function answer(driver: EditorDriver) {
  return driver.editor.getSpans().map(({ id }) => id);
}

function pending({ editor }: EditorDriver) {
  return editor.state.shapes.filter(({ suggested }) => suggested).map(({ id }) => id);
}

test('suggestions are seen below the shapes and are no part of the answer', () => {
  const driver = offered({ spans: [box('own', 10, 60, 20, 20)] });
  expect(driver.editor.state.shapes.map(({ id }) => id)).toEqual(['low', 'high', 'plain', 'own']);
  expect(answer(driver)).toEqual(['own']);
  expect(driver.editor.state.settled.map(({ id }) => id)).toEqual(['own']);
});

test('the answer is the same list until it changes', () => {
  const { editor } = offered();
  const before = editor.state.settled;
  editor.select(['low']);
  expect(editor.state.settled).toBe(before);
});

test('the tag of a suggestion has its score, that of an accepted one has none', () => {
  const driver = offered();
  const captions = () => driver.editor.state.shapes.map(captionOf);
  expect(captions()).toEqual(['cat 0.2', 'cat 0.9', 'cat']);
  driver.editor.accept(['high']);
  expect(captions()).toEqual(['cat 0.2', 'cat', 'cat']);
});

test('one is accepted, and undo and redo go over it as one step', () => {
  const driver = offered();
  driver.editor.accept(['high']);
  expect(answer(driver)).toEqual(['high']);
  driver.editor.undo();
  expect(answer(driver)).toEqual([]);
  expect(pending(driver)).toEqual(['low', 'high', 'plain']);
  driver.editor.redo();
  expect(answer(driver)).toEqual(['high']);
});

test('what a dataset knows of a span stays with it, its id too', () => {
  const driver = new EditorDriver({
    suggestions: [{ span: { ...box('a', 1, 2, 30, 40), score: 0.5, note: 'x' }, score: 0.5 }],
  });
  driver.editor.accept(['a']);
  expect(driver.editor.getSpans()[0]).toMatchObject({ id: 'a', score: 0.5, note: 'x' });
  expect(driver.editor.getSpans()[0]).not.toHaveProperty('suggested');
});

test('all that are shown are accepted in one step, hidden ones are not', () => {
  const driver = offered();
  driver.editor.setThreshold(0.5);
  driver.editor.acceptSuggestions();
  expect(answer(driver)).toEqual(['high', 'plain']);
  driver.editor.undo();
  expect(answer(driver)).toEqual([]);
});

test('with a selection only what is selected is accepted', () => {
  const driver = offered({ spans: [box('own', 10, 60, 20, 20)] });
  driver.editor.select(['own']);
  driver.editor.acceptSuggestions();
  expect(answer(driver)).toEqual(['own']);
  driver.editor.select(['plain']);
  driver.editor.acceptSuggestions();
  expect(answer(driver)).toEqual(['plain', 'own']);
});

test('the threshold hides low ones, and nothing is lost when it goes back', () => {
  const driver = offered().click(20, 20);
  driver.expectSelected('low');
  driver.editor.setThreshold(0.5);
  driver.expectSelected();
  driver.click(20, 20).expectSelected();
  driver.editor.selectAll();
  driver.expectSelected('high', 'plain');
  expect(driver.editor.state.canUndo).toBe(false);
  driver.editor.setThreshold(0);
  driver.click(20, 20).expectSelected('low');
  expect(pending(driver)).toEqual(['low', 'high', 'plain']);
});

test('an accepted suggestion stays when the threshold rises above its score', () => {
  const driver = offered();
  driver.editor.accept(['low']);
  driver.editor.setThreshold(0.5);
  driver.click(20, 20).expectSelected('low');
  expect(answer(driver)).toEqual(['low']);
});

test.each<[string, (driver: EditorDriver) => void]>([
  ['moved', (driver) => driver.click(20, 20).drag([20, 20], [25, 24])],
  ['resized', (driver) => driver.click(20, 20).drag([30, 30], [40, 40])],
  ['nudged', (driver) => driver.click(20, 20).key('ArrowLeft')],
  [
    'relabelled',
    (driver) => {
      driver.click(20, 20).editor.setLabel('dog');
    },
  ],
])('one that is %s becomes part of the answer, and undo makes it a suggestion again', (_, edit) => {
  const driver = offered();
  edit(driver);
  expect(answer(driver)).toEqual(['low']);
  expect(pending(driver)).toEqual(['high', 'plain']);
  driver.editor.undo();
  expect(answer(driver)).toEqual([]);
  driver.expectSeen([10, 10, 20, 20], [60, 10, 20, 20], [110, 10, 20, 20]);
  expect(pending(driver)).toEqual(['low', 'high', 'plain']);
});

test('Escape within a drag leaves a suggestion what it was', () => {
  const driver = offered().click(20, 20).down(20, 20).move(40, 40);
  expect(answer(driver)).toEqual([]);
  driver.key('Escape').up();
  expect(pending(driver)).toEqual(['low', 'high', 'plain']);
});

test('drawing beside and over suggestions accepts none', () => {
  const driver = offered().drag([12, 12], [90, 50]);
  expect(answer(driver)).toEqual(['new1']);
  expect(pending(driver)).toEqual(['low', 'high', 'plain']);
});

test('deleting one dismisses it, and undo brings it back', () => {
  const driver = offered().click(20, 20).key('Delete');
  expect(pending(driver)).toEqual(['high', 'plain']);
  driver.editor.undo();
  expect(pending(driver)).toEqual(['low', 'high', 'plain']);
});

test('a copy of a suggestion is a shape of its own', () => {
  const driver = offered();
  driver.editor.select(['low']);
  driver.editor.duplicate();
  expect(answer(driver)).toEqual(['new1']);
  expect(pending(driver)).toEqual(['low', 'high', 'plain']);
});

test('nothing is accepted where nothing may be edited', () => {
  const driver = offered({ readOnly: true });
  driver.editor.acceptSuggestions();
  expect(answer(driver)).toEqual([]);
});
