import { expect, test } from 'vitest';
import { type Command, matching } from './commands';

const command = (text: string, detail = 'Go to'): Command => ({
  id: text,
  text,
  detail,
  run: () => undefined,
});
const COMMANDS = [command('Home'), command('Mañana', 'Dataset'), command('Data', 'Mañana')];
const found = (typed: string) => matching(COMMANDS, typed).map(({ text }) => text);

test('everything is there until something is typed', () => {
  expect(found('  ')).toEqual(['Home', 'Mañana', 'Data']);
});

test('every word has to be there, in any order, without accents or capitals', () => {
  expect(found('MANANA dat')).toEqual(['Mañana', 'Data']);
  expect(found('data manana')).toEqual(['Mañana', 'Data']);
  expect(found('home data')).toEqual([]);
});

test('what begins so comes first', () => {
  expect(found('dat')).toEqual(['Data', 'Mañana']);
});
