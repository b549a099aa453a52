import { waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { rememberImport, useBegunImports } from '@/lib/begunImports';
import { notify } from '@/lib/notify';
import { renderPart } from '@/testing/renderPart';
import { serve } from '@/testing/server';
import { ImportNotices } from './ImportNotices';

vi.mock('@/lib/notify', () => ({ notify: vi.fn(() => Promise.resolve()) }));

const counts = { total: 5, queued: 0, fetching: 0, done: 3, duplicate: 0, failed: 2, cancelled: 0 };

test('an import that is over is told of once, then forgotten', async () => {
  serve({ 'GET /api/imports/i1/': { name: 'a.csv', state: 'done', counts } });
  rememberImport('i1');
  renderPart(<ImportNotices />);
  await waitFor(() => {
    expect(notify).toHaveBeenCalledWith('a.csv is through: 3 in, 2 failed.');
  });
  expect(notify).toHaveBeenCalledOnce();
  expect(useBegunImports.getState().ids).toEqual([]);
});

test('one that nobody may see any more is forgotten', async () => {
  serve({});
  rememberImport('i2');
  renderPart(<ImportNotices />);
  await waitFor(() => {
    expect(useBegunImports.getState().ids).toEqual([]);
  });
});
