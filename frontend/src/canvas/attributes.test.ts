import { expect, test } from 'vitest';
import type { Attribute } from './document/attributes';
import { saidOf } from './document/attributes';
import { EditorDriver } from './testing/EditorDriver';

const WORN: Attribute = { name: 'worn', kind: 'checkbox', default: false };
const COLOUR: Attribute = { name: 'colour', kind: 'select', options: ['red', 'green'] };
const PLATE: Attribute = { name: 'plate', kind: 'text' };
const DOORS: Attribute = { name: 'doors', kind: 'number', default: 4 };

const labels = [
  { name: 'car', attributes: [WORN, COLOUR, PLATE, DOORS] },
  { name: 'van', attributes: [{ ...COLOUR, options: ['green', 'blue'] }, DOORS] },
  { name: 'road' },
];

function drive() {
  return new EditorDriver({ labels });
}

function box(driver: EditorDriver, x: number) {
  return driver
    .down(x, 10)
    .move(x + 20, 30)
    .up();
}

const said = ({ editor }: EditorDriver) => editor.getSpans().map((span) => span['attributes']);

test('a new shape says the defaults of its label; one without attributes says nothing', () => {
  const driver = box(drive(), 10);
  driver.editor.setLabel('road');
  driver.editor.select([]);
  box(driver, 50);
  expect(said(driver)).toEqual([undefined, undefined]);
  driver.editor.undo();
  driver.editor.undo();
  expect(said(driver)).toEqual([{ worn: false, doors: 4 }]);
});

test('every kind of shape starts with them, and one placed by keys', () => {
  const driver = drive().tool('polygon');
  driver.down(10, 10).up().down(40, 10).up().down(40, 40).up();
  driver.editor.finish();
  driver.tool('freehand').down(60, 10).move(90, 10).move(90, 40).up();
  driver.editor.place();
  expect(said(driver)).toEqual(Array(3).fill({ worn: false, doors: 4 }));
});

test('what is set is one step of the history, a text by its letters too', () => {
  const driver = box(drive(), 10);
  driver.editor.setAttribute('worn', true);
  for (const text of ['K', 'KA', 'KA 1']) driver.editor.setAttribute('plate', text, 'plate');
  expect(said(driver)).toEqual([{ worn: true, doors: 4, plate: 'KA 1' }]);
  driver.editor.undo();
  expect(said(driver)).toEqual([{ worn: true, doors: 4 }]);
  driver.editor.undo();
  expect(said(driver)).toEqual([{ worn: false, doors: 4 }]);
  driver.editor.redo();
  expect(said(driver)).toEqual([{ worn: true, doors: 4 }]);
});

test('undefined takes a value back, and the last one leaves no empty object', () => {
  const driver = new EditorDriver({ labels: [{ name: 'car', attributes: [COLOUR] }] });
  box(driver, 10);
  driver.editor.setAttribute('colour', 'red');
  driver.editor.setAttribute('colour', undefined);
  expect(driver.editor.getSpans()[0]).not.toHaveProperty('attributes');
});

test('what was chosen last is how the next shape starts; numbers and texts are of one object', () => {
  const driver = box(drive(), 10);
  driver.editor.setAttribute('worn', true);
  driver.editor.setAttribute('colour', 'green');
  driver.editor.setAttribute('doors', 2);
  driver.editor.setAttribute('plate', 'KA 1');
  box(driver, 50);
  expect(said(driver)[1]).toEqual({ worn: true, colour: 'green', doors: 4 });
  expect(driver.editor.state.usual.get('car')).toEqual({ worn: true, colour: 'green', doors: 4 });
});

test('another label keeps what it asks too, if it takes the value', () => {
  const driver = box(drive(), 10);
  driver.editor.setAttribute('colour', 'green');
  driver.editor.setAttribute('doors', 2);
  driver.editor.setLabel('van');
  expect(said(driver)).toEqual([{ colour: 'green', doors: 2 }]);
  driver.editor.undo();
  driver.editor.setAttribute('colour', 'red');
  driver.editor.setLabel('van');
  expect(said(driver)).toEqual([{ doors: 2 }]);
  driver.editor.setLabel('road');
  expect(said(driver)).toEqual([undefined]);
});

test('what scripts said and nobody asked passes through and from label to label', () => {
  const spans = [{ label: 'road', x: 0, y: 0, width: 9, height: 9, attributes: { lanes: [1] } }];
  const driver = new EditorDriver({ labels: [...labels, { name: 'path' }], spans });
  driver.editor.selectAll();
  driver.editor.setLabel('path');
  expect(said(driver)).toEqual([{ lanes: [1] }]);
});

test('of several the whole selection is set in one step; what is locked stays', () => {
  const driver = box(box(drive(), 10), 50);
  driver.editor.selectAll();
  driver.editor.setAttribute('worn', true);
  expect(driver.editor.state.shapes.map((shape) => saidOf(shape)['worn'])).toEqual([true, true]);
  driver.editor.undo();
  driver.editor.lock([driver.editor.state.shapes[0]?.id ?? '']);
  driver.editor.selectAll();
  driver.editor.setAttribute('worn', true);
  expect(driver.editor.state.shapes.map((shape) => saidOf(shape)['worn'])).toEqual([false, true]);
});

test('read-only shapes keep what they say', () => {
  const driver = box(drive(), 10);
  driver.editor.setReadOnly(true);
  driver.editor.setAttribute('worn', true);
  expect(said(driver)).toEqual([{ worn: false, doors: 4 }]);
});
