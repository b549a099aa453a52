import { expect, test } from 'vitest';
import { someTask } from './testing';
import { Trail } from './trail';

test('an answer counts once, and not at all where it was given before this page', () => {
  const trail = new Trail();
  trail.know('old');
  expect(trail.add(someTask('old'))).toBe(false);
  expect(trail.add(someTask('new'))).toBe(true);
  expect(trail.add(someTask('new'))).toBe(false);
});

test('only what had counted is taken off when it is forgotten', () => {
  const trail = new Trail();
  trail.know('old');
  trail.add(someTask('old'));
  trail.add(someTask('new'));
  trail.know('new');
  expect(trail.forget('new')).toBe(true);
  expect(trail.forget('old')).toBe(false);
  expect(trail.length).toBe(0);
});
