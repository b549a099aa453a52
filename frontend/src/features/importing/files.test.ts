import { expect, test } from 'vitest';
import { sorted } from './files';

const file = (name: string) => new File([''], name);

test('one list', () => {
  const list = file('urls.CSV.gz');
  expect(sorted([list])).toEqual({ list, left: 0 });
});

test('images, and what is neither is counted', () => {
  const images = [file('a.jpg'), file('b.PNG')];
  expect(sorted([...images, file('Thumbs.db')])).toEqual({
    images,
    left: 1,
  });
});

test.each([
  ['none', ['a.pdf']],
  ['mixed', ['a.txt', 'a.jpg']],
  ['lists', ['a.txt', 'b.txt']],
])('%s is told, not guessed', (problem, names) => {
  expect(sorted(names.map(file))).toEqual({ problem });
});
