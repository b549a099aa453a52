import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { newQueryClient } from '@/lib/queryClient';
import { serve } from '@/testing/server';
import { newRouter } from './router';

const ME = {
  id: '1',
  email: 'ada@example.org',
  name: 'Ada',
  is_admin: false,
  may_create_datasets: false,
  preferences: { keys: {} },
  memberships: [],
  capabilities: {},
};
const SIGNS = {
  id: 'd1',
  slug: 'signs',
  name: 'Street signs',
  interface: 'image_manual',
  labels: [],
  role: 'manager',
  capabilities: ['see_dataset', 'see_finals', 'label', 'import'],
};

function open(path: string) {
  const client = newQueryClient();
  const router = newRouter(client);
  router.update({ ...router.options, history: createMemoryHistory({ initialEntries: [path] }) });
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return router;
}

test('a stranger is led to the log-in, and back to where they wanted to go', async () => {
  serve({
    'GET /api/me/': { status: 401, body: {} },
    'GET /api/public/': { version: '1', demo: [], first_run: false },
    'POST /_allauth/browser/v1/auth/login': {},
  });
  const router = open('/datasets/signs?x=1');
  expect(await screen.findByLabelText('E-mail')).toBeVisible();
  expect(router.state.location.search).toEqual({ next: '/datasets/signs?x=1' });
});

test('an annotator finds work at home, and no page for admins', async () => {
  const dataset = { id: 'd1', slug: 'signs', name: 'Street signs', interface: 'image_manual' };
  const counts = { images: 9, tasks: 9, open: 9, answered: 0, conflicted: 0, final: 0 };
  serve({
    'GET /api/me/': ME,
    'GET /api/home/': {
      continue: [{ dataset, left: 7, done_today: 2 }],
      review: [],
      sent_back: [],
      threads: [],
      week: [0, 0, 0, 0, 0, 0, 2],
      imports: [],
      exports: [],
      datasets: [{ ...dataset, role: 'annotator', created_at: '', counts, thumbnails: [] }],
    },
  });
  open('/');
  expect(await screen.findByText('7 images left for you · 2 answered today')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Continue: Street signs' })).toBeEnabled();
  expect(screen.queryByRole('link', { name: 'People' })).toBeNull();
});

test('pasted addresses are looked at, then imported under a key, and the live page follows', async () => {
  const counts = {
    total: 2,
    queued: 0,
    fetching: 0,
    done: 1,
    duplicate: 0,
    failed: 1,
    cancelled: 0,
  };
  const made = { id: 'i1', name: 'pasted.txt', state: 'done', error: '', counts };
  const failed = { line: 2, item: 0, url: 'http://x/2', state: 'failed', reason: 'Not found.' };
  const preview = {
    list: 'ticket',
    name: 'pasted.txt',
    format: 'addresses',
    columns: [],
    refused: null,
    lines: [],
    counts: { total: 2, new: 2, adds: 0, duplicate: 0, known: 0, refused: 0 },
    summary: null,
    complete: true,
    warnings: [],
  };
  const page = { next: null, previous: null };
  const failures = {
    results: [{ code: 'http_404', count: 1, line: 2, reason: 'Gone.' }],
    files: ['csv'],
  };
  const sent = serve({
    'GET /api/me/': ME,
    'GET /api/datasets/signs/': SIGNS,
    'GET /api/datasets/signs/imports/': { ...page, results: [] },
    'POST /api/datasets/signs/imports/preview/': preview,
    'POST /api/datasets/signs/imports/': { status: 202, body: made },
    'GET /api/imports/i1/': made,
    'GET /api/imports/i1/failures/': failures,
    'GET /api/imports/i1/rows/?state=done&order=-line&limit=12': { ...page, results: [] },
    'GET /api/imports/i1/rows/?state=failed': { ...page, results: [failed] },
  });
  open('/datasets/signs/import');
  await userEvent.type(
    await screen.findByLabelText(/Or paste addresses/),
    'http://x/1\nhttp://x/2',
  );
  await userEvent.click(screen.getByRole('button', { name: 'Look at 2 lines' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Import 2 lines' }));
  expect(await screen.findByText('Not found.')).toBeVisible();
  const [look, post] = sent.filter(({ method }) => method === 'POST');
  expect(look?.body).toMatchObject({ text: 'http://x/1\nhttp://x/2', on_duplicate: 'skip' });
  expect(post?.body).toMatchObject({ list: 'ticket', on_duplicate: 'skip' });
  expect(post?.headers['Idempotency-Key']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '2');
});

test('what is absent, or not shared, is said and not thrown', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  serve({ 'GET /api/me/': ME });
  open('/datasets/absent');
  expect(await screen.findByText('There is nothing at this address')).toBeVisible();
});
