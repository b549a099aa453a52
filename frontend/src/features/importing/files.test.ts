import { expect, test } from 'vitest';
import { MOST_IMAGES, droppedFiles, sorted } from './files';

const chosen = (name: string) => ({ file: new File([''], name), path: '' });

test.each(['urls.CSV.gz', 'coco.json', 'annotations.xml', 'yolo.zip'])('%s is a list', (name) => {
  const list = chosen(name);
  expect(sorted([list])).toEqual({ list: list.file, left: 0 });
});

test.each(['a.xlsx', 'a.HTML'])('%s alone is shown to the server', (name) => {
  const file = chosen(name);
  expect(sorted([file])).toEqual({ list: file.file, left: 0 });
});

test('images, and what is neither is counted', () => {
  const images = [chosen('a.jpg'), chosen('b.PNG')];
  expect(sorted([...images, chosen('Thumbs.db')])).toEqual({ images, left: 1 });
});

test.each([
  ['none', ['a.mp4']],
  ['none', ['a.xlsx', 'b.xlsx']],
  ['mixed', ['a.txt', 'a.jpg']],
  ['lists', ['a.txt', 'b.txt']],
  ['many', Array.from({ length: MOST_IMAGES + 1 }, (_, n) => `${n}.jpg`)],
])('%s is told, not guessed', (problem, names) => {
  expect(sorted(names.map(chosen))).toEqual({ problem });
});

/** As a browser gives what was dropped: a folder tells of two entries at a time. */
function entry(path: string, children?: readonly unknown[]) {
  const left = [...(children ?? [])];
  return {
    fullPath: path,
    isFile: children === undefined,
    file: (give: (file: File) => void) => {
      give(new File([''], path.split('/').pop() ?? ''));
    },
    createReader: () => ({
      readEntries: (give: (some: unknown[]) => void) => {
        give(left.splice(0, 2));
      },
    }),
  };
}

test('files of folders keep where they lay, however deep and however many', async () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const deep = entry('/trip/day', [entry('/trip/day/f.jpg')]);
  const folder = entry('/trip', [...names.map((name) => entry(`/trip/${name}.jpg`)), deep]);
  const items = [folder, entry('/alone.jpg'), null].map((each) => ({
    webkitGetAsEntry: () => each,
  }));
  const found = await droppedFiles({ items } as unknown as DataTransfer);
  expect(found.map(({ path }) => path)).toEqual([
    ...names.map((name) => `trip/${name}.jpg`),
    'trip/day/f.jpg',
    '',
  ]);
  expect(found.at(-1)?.file.name).toBe('alone.jpg');
});
