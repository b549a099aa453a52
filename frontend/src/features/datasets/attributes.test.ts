import { expect, test } from 'vitest';
import { NEW, attributeOf, draftOf, faultsOf } from './attributes';
import type { Attribute } from './attributes';

test.each<Attribute>([
  { name: 'worn', kind: 'checkbox', default: false, required: true },
  { name: 'colour', kind: 'select', options: ['red', 'green'], default: 'red' },
  { name: 'doors', kind: 'number', default: 2.5 },
  { name: 'plate', kind: 'text' },
])('what is saved is written into the fields and read from them: $name', (attribute) => {
  expect(attributeOf(draftOf(attribute))).toEqual(attribute);
});

test('blanks and repeats go, and so does a default that is no option any more', () => {
  const draft = {
    ...NEW,
    name: ' colour ',
    kind: 'select',
    options: 'red\n\n red\ngreen ',
  } as const;
  expect(attributeOf({ ...draft, default: 'blue' })).toEqual({
    name: 'colour',
    kind: 'select',
    options: ['red', 'green'],
  });
});

test('another kind takes no options along', () => {
  expect(attributeOf({ ...NEW, name: 'a', kind: 'text', options: 'red' })).toEqual({
    name: 'a',
    kind: 'text',
  });
});

test('every fault is told at its field', () => {
  expect(faultsOf(NEW, [])).toEqual({ name: 'blank' });
  expect(faultsOf({ ...NEW, name: 'a' }, [{ ...NEW, name: ' a' }])).toEqual({ name: 'repeated' });
  expect(faultsOf({ ...NEW, name: 'a', kind: 'select', options: '\n' }, [])).toEqual({
    options: 'no_options',
  });
  expect(faultsOf({ ...NEW, name: 'a', kind: 'number', default: 'two' }, [])).toEqual({
    default: 'not_a_number',
  });
  expect(faultsOf({ ...NEW, name: 'a', kind: 'number', default: '2,5' }, [])).toEqual({});
});
