import { expect, test } from 'vitest';
import { Editor } from './editor';
import { kindsInHand } from './fitting';
import { EditorDriver, box } from './testing/EditorDriver';

const LABELS = [
  { name: 'car', shapes: ['rect'] },
  { name: 'lane', shapes: ['polygon', 'freehand'] },
  { name: 'any', shapes: ['rect', 'polygon', 'freehand'] },
] as const;
const OUTLINE = {
  id: 'o',
  label: 'lane',
  type: 'polygon',
  points: [
    [100, 10],
    [140, 10],
    [140, 50],
  ],
} as const;

const drive = (spans: readonly object[] = []) =>
  new EditorDriver({ labels: LABELS, spans: spans as [] });

function labelsOf({ editor }: EditorDriver) {
  return editor.state.shapes.map(({ id, label }) => `${id} ${label}`);
}

test('the sticky label gives way to one that may have what the tool draws', () => {
  const driver = drive();
  expect(driver.editor.state.label).toBe('car');
  expect(driver.tool('polygon').editor.state.label).toBe('lane');
  expect(driver.tool('select').editor.state.label).toBe('lane');
  expect(driver.tool('box').editor.state.label).toBe('car');
  driver.editor.setLabel('any');
  expect(driver.tool('freehand').editor.state.label).toBe('any');
  // What was in use on the image before is no exception.
  const next = new Editor({ image: { width: 9, height: 9 }, labels: LABELS, label: 'lane' });
  expect(next.state.label).toBe('car');
});

test('a label is refused, with a word, to what it is not for', () => {
  const driver = drive();
  driver.editor.setLabel('lane');
  expect(driver.editor.state.label).toBe('car');
  expect(driver.hints).toEqual([{ code: 'label_kind', label: 'lane', kind: 'rect' }]);
  driver.tool('select').editor.setLabel('lane');
  expect(driver.editor.state.label).toBe('lane');
});

test('a selection is relabelled as a whole or not at all', () => {
  const driver = drive([{ ...box('b', 10, 10, 40, 40), label: 'car' }, OUTLINE]);
  driver.editor.selectAll();
  expect(kindsInHand(driver.editor.state)).toEqual(['rect', 'polygon']);
  driver.editor.setLabel('lane');
  expect(labelsOf(driver)).toEqual(['b car', 'o lane']);
  expect(driver.hints).toEqual([{ code: 'label_kind', label: 'lane', kind: 'rect' }]);
  driver.editor.setLabel('any');
  expect(labelsOf(driver)).toEqual(['b any', 'o any']);
});

test('a label for the selection alone does not become that of the tool in hand', () => {
  const driver = drive([{ ...OUTLINE, label: 'any' }]);
  driver.editor.select(['o']);
  driver.editor.setLabel('lane');
  expect(labelsOf(driver)).toEqual(['o lane']);
  expect(driver.editor.state.label).toBe('car');
  expect(driver.hints).toEqual([]);
});

test('a shape placed by keys is of a kind that its label may have', () => {
  const driver = drive().tool('select');
  driver.editor.setLabel('lane');
  driver.editor.place();
  expect(driver.editor.state.shapes.map(({ type, label }) => [type, label])).toEqual([
    ['polygon', 'lane'],
  ]);
});
