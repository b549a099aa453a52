import { beforeAll, expect, test } from 'vitest';
import { loadWords } from '@/lib/i18n';
import type { LogEvent } from './api/events';
import { changesOf, sentenceOf, valueText } from './words';

beforeAll(loadWords);

const event = (kind: string, data: LogEvent['data'] = {}): LogEvent => ({
  id: 1,
  at: '2026-05-02T10:00:00Z',
  kind,
  group: 'member',
  who: null,
  object: null,
  dataset: null,
  data,
  request_id: '',
});

test('a role is told with the one before', () => {
  const changed = event('member.changed', { role: 'reviewer', was: 'annotator' });
  expect(sentenceOf(changed)).toBe('{who} made {name} a reviewer, who was an annotator');
});

test('a failed try says what failed, and whether there is such an account', () => {
  const failed = (data: LogEvent['data']) => sentenceOf(event('user.sign_in_failed', data));
  expect(failed({ step: 'password' })).toContain('the password was wrong');
  expect(failed({ step: 'code' })).toContain('the code of the second factor was wrong');
  expect(failed({ step: 'password', digest: '0' })).toContain('an address that nobody here has');
});

test('what changed is named as words, and counted things are counted', () => {
  const changes = { review_policy: { was: 'none', is: 'all' }, name: { was: '', is: 'A' } };
  const changed = event('dataset.changed', { changes });
  expect(sentenceOf(changed)).toBe('{who} changed the settings of {name}: review policy and name');
  expect(Object.keys(changesOf(changed.data))).toEqual(['review_policy', 'name']);
  expect(sentenceOf(event('act.ordered', { act: 'delete', tasks: 1 }))).toBe(
    '{who} did this to 1 task: Deleted',
  );
});

test('a kind that a newer server tells of has a sentence, too', () => {
  expect(sentenceOf(event('robot.oiled'))).toBe('{who} did robot.oiled to {name}');
});

test('no value is read as nothing', () => {
  expect([null, '', true, 0, ['a']].map(valueText)).toEqual([
    'nothing',
    'nothing',
    'yes',
    '0',
    '[\n "a"\n]',
  ]);
});
