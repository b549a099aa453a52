import { expect, test } from 'vitest';
import { invited } from './inviting';

const ME = 'me@example.org';
const typed = (text: string) => ({ text, role: 'annotator' as const });

test('several at once, each once, in small letters', () => {
  const { people, fault } = invited(
    [],
    typed('Ann@example.org, ben@example.org\ncleo@example.org'),
    ME,
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
])('%s is told as %s', (text, code) => {
  const ann = { email: 'ann@example.org', role: 'reviewer' as const };
  expect(invited([ann], typed(text), ME)).toEqual({
    people: [ann],
    left: text,
    fault: { code, email: text },
  });
});

test('what comes after a fault stays to be added', () => {
  const { people, left } = invited([], typed('ann@example.org ben, cleo@example.org'), ME);
  expect(people.map(({ email }) => email)).toEqual(['ann@example.org']);
  expect(left).toBe('ben, cleo@example.org');
});
