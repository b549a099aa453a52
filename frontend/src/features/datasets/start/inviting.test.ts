import { expect, test } from 'vitest';
import { invited } from './inviting';

const asked = { role: 'annotator', self: 'me@example.org' } as const;

test('several at once, each once, in small letters', () => {
  const { people, fault } = invited(
    [],
    'Ann@example.org, ben@example.org\ncleo@example.org',
    asked,
  );
  expect(people.map(({ email }) => email)).toEqual([
    'ann@example.org',
    'ben@example.org',
    'cleo@example.org',
  ]);
  expect(fault).toBeNull();
});

test.each([
  ['ann', 'address'],
  ['ann@', 'address'],
  ['Me@Example.org', 'self'],
  ['ann@example.org', 'twice'],
])('%s is told as %s', (typed, code) => {
  const ann = { email: 'ann@example.org', role: 'reviewer' as const };
  expect(invited([ann], typed, asked)).toEqual({ people: [ann], fault: { code, email: typed } });
});
