import { beforeEach, expect, expectTypeOf, test, vi } from 'vitest';
import { addressOf, api } from './api';
import type { Request } from './api';
import type { Wire } from './wire';

const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  fetched.mockReset().mockImplementation(() => Promise.resolve(new Response('{}')));
  vi.stubGlobal('fetch', fetched);
});

test('what goes into the path is one part of it, whatever it holds', async () => {
  await api.delete('/api/datasets/{dataset}/members/{member}/', {
    path: { dataset: 'signs', member: 'a/b@example.org' },
  });
  expect(fetched.mock.calls[0]?.[0]).toBe('/api/datasets/signs/members/a%2Fb%40example.org/');
  expect(fetched.mock.calls[0]?.[1]?.method).toBe('DELETE');
});

test('a list is addressed with its filters', () => {
  const request = { path: { dataset: 'signs' }, query: { order: 'order_key' as const, limit: 60 } };
  expect(addressOf('/api/datasets/{dataset}/tasks/', request)).toBe(
    '/api/datasets/signs/tasks/?order=order_key&limit=60',
  );
});

test('an edit carries the version that it is based on', async () => {
  await api.patch('/api/datasets/{dataset}/', {
    path: { dataset: 'signs' },
    ifMatch: 3,
    body: { name: 'Road signs' },
  });
  const { headers, body } = fetched.mock.calls[0]?.[1] ?? {};
  expect(headers).toMatchObject({ 'If-Match': '"3"' });
  expect(body).toBe('{"name":"Road signs"}');
});

test('the types are those of the document', () => {
  expectTypeOf(api.get<'/api/me/'>).returns.resolves.toEqualTypeOf<Wire<'Me'>>();
  expectTypeOf(api.delete<'/api/tokens/{token}/'>).returns.resolves.toEqualTypeOf<null>();
  type Patch = Request<'/api/datasets/{dataset}/', 'patch'>;
  expectTypeOf<Patch>().toHaveProperty('ifMatch').toEqualTypeOf<number>();
  type Upload = Request<'/api/datasets/{dataset}/images/', 'post'>;
  expectTypeOf<Upload>().toHaveProperty('idempotencyKey').toEqualTypeOf<string>();
  expectTypeOf<Upload>().toHaveProperty('body').toEqualTypeOf<FormData>();
});
