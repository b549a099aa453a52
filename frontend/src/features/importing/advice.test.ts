import { expect, test } from 'vitest';
import { adviceOn } from './advice';

test.each([
  ['http_404', 'address'],
  ['http_418', 'address'],
  ['no_such_key', 'address'],
  ['wrong_secret_key', 'access'],
  ['archived', 'access'],
  ['clock_skew', 'operator'],
  ['same_image_twice', 'line'],
  ['bad_label', 'line'],
  ['http_403', 'access'],
  ['no_connection', 'access'],
  ['rate_limited', 'later'],
  ['connection_refused', 'later'],
  ['timed_out', 'later'],
  ['forbidden_address', 'operator'],
  ['gave_up', 'operator'],
  ['not_an_image', 'file'],
  ['too_large', 'file'],
  ['unknown_label', 'labels'],
  ['bad_json', 'line'],
  ['credentials_in_url', 'line'],
  ['a_code_of_tomorrow', 'line'],
])('%s: %s', (code, advice) => {
  expect(adviceOn(code)).toBe(advice);
});
