import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/renderPart';
import { serve } from '@/testing/server';
import { SignOn, SignOnEnd } from './SignOn';

const BEGIN = 'POST /api/auth/sso/';

test('the button leads to the provider, and says where to come back to', async () => {
  const sent = serve({ [BEGIN]: { url: '#at-the-provider' } });
  renderPart(<SignOn name="Example ID" next="/datasets/signs" />);
  await userEvent.click(screen.getByRole('button', { name: 'Sign in with Example ID' }));
  expect(sent[0]?.body).toEqual({ next: '/datasets/signs' });
  await waitFor(() => expect(location.hash).toBe('#at-the-provider'));
});

test('a provider that is down is told of in words', async () => {
  serve({ [BEGIN]: { status: 502, body: { code: 'provider_down' } } });
  renderPart(<SignOn name="Example ID" next="/" />);
  await userEvent.click(screen.getByRole('button'));
  expect(await screen.findByRole('alert')).toHaveTextContent(/cannot be reached/);
});

test.each([
  ['no_account', /nobody has invited you here yet/],
  ['email_unverified', /verified/],
  ['something new', /could not prove who you are/],
])('who comes back with %s learns why', (end, words) => {
  renderPart(<SignOnEnd end={end} name="Example ID" />);
  expect(screen.getByRole('alert')).toHaveTextContent(words);
});
