import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/renderPart';
import { serve } from '@/testing/server';
import { Fitting } from './Fitting';

const ALL_WELL = { state: 'idle', done: 9, total: 9, for_nobody: 0, strangers: [] };
const PATH = '/api/datasets/signs/fitting/';

test('a manager sees how many images follow, and nothing any more when all do', async () => {
  const replies = { [`GET ${PATH}`]: { ...ALL_WELL, state: 'running', done: 2 } };
  serve(replies);
  renderPart(<Fitting slug="signs" />);
  expect(await screen.findByText('2 of 9 images follow the changed settings.')).toBeVisible();
  replies[`GET ${PATH}`] = ALL_WELL;
  await expect
    .poll(() => screen.queryByText(/follow the changed settings/), { timeout: 5000 })
    .toBeNull();
});

test('a job that failed is started anew', async () => {
  const sent = serve({
    [`GET ${PATH}`]: { ...ALL_WELL, state: 'failed' },
    [`POST ${PATH}`]: { status: 202, body: { ...ALL_WELL, state: 'waiting' } },
  });
  renderPart(<Fitting slug="signs" />);
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(sent.map(({ method }) => method)).toContain('POST');
});

test('addresses that nobody has are named', async () => {
  serve({ [`GET ${PATH}`]: { ...ALL_WELL, for_nobody: 3, strangers: ['zoe@example.org'] } });
  renderPart(<Fitting slug="signs" />);
  expect(await screen.findByText(/3 images are meant for nobody/)).toBeVisible();
  expect(screen.getByText('zoe@example.org')).toBeVisible();
});
