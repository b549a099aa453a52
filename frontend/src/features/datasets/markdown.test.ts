import { expect, test } from 'vitest';
import { imageMarkdown } from './markdown';

test('the name of an example cannot end its own brackets', () => {
  expect(imageMarkdown({ id: '7', name: 'a](x)\n[b\\.jpg' })).toBe(
    '![a\\](x) \\[b\\\\.jpg](/api/images/7/file/)',
  );
});
