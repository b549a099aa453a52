import { expect, test } from 'vitest';
import { nextPath } from './nextPath';

test.each(['/label/street-signs', '/datasets/cats/data?state=final', '/'])('keeps %s', (path) => {
  expect(nextPath(path)).toBe(path);
});

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  '',
])('refuses %s', (path) => {
  expect(nextPath(path)).toBe('/');
});
