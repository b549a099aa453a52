import { beforeEach, expect, test, vi } from 'vitest';
import { ApiError, send } from './http';
import { useSession } from './session';

const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
  document.cookie = 'concord-csrf=sekret';
  useSession.setState({ known: false, expired: false });
});

function reply(status: number, body: unknown, headers: Record<string, string> = {}) {
  fetched.mockResolvedValueOnce(new Response(JSON.stringify(body), { status, headers }));
}

function sent() {
  const [url, init] = fetched.mock.calls[0] ?? [];
  return { url, init, headers: (init?.headers ?? {}) as Record<string, string> };
}

test('a read carries its filters and no token', async () => {
  reply(200, { results: [] });
  await send('GET', '/api/datasets/', { query: { state: 'final', label: '', cursor: null } });
  expect(sent().url).toBe('/api/datasets/?state=final');
  expect(sent().headers).not.toHaveProperty('X-CSRFToken');
});

test('a write proves that it comes from our page, once, on a version', async () => {
  reply(200, {});
  await send('POST', '/api/x/', { body: { a: 1 }, idempotencyKey: 'k', ifMatch: 3 });
  expect(sent().headers).toMatchObject({
    'X-CSRFToken': 'sekret',
    'Content-Type': 'application/json',
    'Idempotency-Key': 'k',
    'If-Match': '"3"',
  });
  expect(sent().init?.body).toBe('{"a":1}');
});

test('files keep the content type that the browser makes', async () => {
  reply(202, {});
  await send('POST', '/api/x/', { body: new FormData() });
  expect(sent().headers).not.toHaveProperty('Content-Type');
});

test('a problem becomes a typed error', async () => {
  const problem = { title: 'Bad', code: 'invalid', detail: 'No.', errors: { name: ['Taken.'] } };
  reply(429, problem, { 'Retry-After': '7' });
  const error = await send('GET', '/api/x/').catch((e: unknown) => e);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 429, code: 'invalid', message: 'No.', retryAfter: 7 });
  expect((error as ApiError).errors).toEqual({ name: ['Taken.'] });
});

test('a server out of reach is an error of its own', async () => {
  fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  await expect(send('GET', '/api/x/')).rejects.toMatchObject({ status: 0, code: 'unreachable' });
});

test('401 ends a session that was there, and says nothing of one that never was', async () => {
  reply(401, {});
  await send('GET', '/api/me/').catch(() => null);
  expect(useSession.getState().expired).toBe(false);
  useSession.getState().begin();
  reply(401, {});
  await send('GET', '/api/me/').catch(() => null);
  expect(useSession.getState().expired).toBe(true);
});

test("allauth's list of errors is read by field too", async () => {
  const errors = [{ message: 'Wrong.', code: 'email_password_mismatch', param: 'password' }];
  reply(400, { status: 400, errors });
  const error = await send('POST', '/_allauth/x').catch((e: unknown) => e);
  expect((error as ApiError).errors).toEqual({ password: ['Wrong.'] });
});
