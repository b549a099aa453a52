import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { someAnswer } from '../testing';
import { openDatabase } from './database';
import type { Database } from './database';
import { Shelf } from './shelf';

const answersOf = (user: string) => new Shelf(openDatabase(user), 'answers');

test('what is put can be read at once, and by the next page', async () => {
  const shelf = answersOf('ann');
  const written = [shelf.put(someAnswer('2')), shelf.put(someAnswer('1'))];
  expect(shelf.unwritten).toBe(true);
  expect((await shelf.all()).map(({ id }) => id)).toEqual(['1', '2']);
  await Promise.all(written);
  expect(shelf.unwritten).toBe(false);
  expect((await answersOf('ann').all()).map(({ id }) => id)).toEqual(['1', '2']);
});

test('what is deleted is gone at once', async () => {
  const shelf = answersOf('bea');
  await shelf.put(someAnswer('1'));
  void shelf.delete('1');
  expect(await shelf.all()).toEqual([]);
});

test('nobody reads what another has put', async () => {
  await answersOf('cem').put(someAnswer('1'));
  expect(await answersOf('dan').all()).toEqual([]);
});

test('without a disk things last as long as the page, and it says so', async () => {
  const shelf = new Shelf(Promise.resolve(null), 'answers');
  await shelf.put(someAnswer('1'));
  expect(await shelf.all()).toHaveLength(1);
  expect(shelf.unwritten).toBe(true);
  await shelf.delete('1');
  expect(await shelf.all()).toEqual([]);
});

/** A disk that takes every write, and that answers a reader with its rows of before, when told. */
function slowDisk(before: ReturnType<typeof someAnswer>[]) {
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const database = {
    getAll: () => answered.then(() => before),
    put: () => Promise.resolve(),
    delete: () => Promise.resolve(),
  } as unknown as Database;
  return { shelf: new Shelf(Promise.resolve(database), 'answers'), answer };
}

test('a row that reaches the disk while others are read is not missed', async () => {
  const { shelf, answer } = slowDisk([]);
  const begun = shelf.put(someAnswer('1'));
  const read = shelf.all();
  await Promise.all([begun, shelf.put(someAnswer('2'))]);
  expect(shelf.unwritten).toBe(false);
  answer();
  expect((await read).map(({ id }) => id)).toEqual(['1', '2']);
});

test('a row that goes while others are read does not come back', async () => {
  const { shelf, answer } = slowDisk([someAnswer('1'), someAnswer('2')]);
  const read = shelf.all();
  await shelf.delete('1');
  answer();
  expect((await read).map(({ id }) => id)).toEqual(['2']);
});
