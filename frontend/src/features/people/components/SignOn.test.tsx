import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { ApiError } from '@/lib/http';
import { renderPart } from '@/testing/renderPart';
import { serve } from '@/testing/server';
import { SignOn, SignOnElsewhere, SignOnEnd } from './SignOn';

const BEGIN = 'POST /api/auth/sso/';

test('the button leads to the provider, and says where to come back to', async () => {
  const sent = serve({ [BEGIN]: { url: '#at-the-provider' } });
  renderPart(<SignOn name="Example ID" next="/datasets/signs" />);
  await userEvent.click(screen.getByRole('button', { name: 'Sign in with Example ID' }));
  expect(sent[0]?.body).toEqual({ next: '/datasets/signs' });
  await waitFor(() => expect(location.hash).toBe('#at-the-provider'));
});

test('whoever comes back from the provider can try again', async () => {
  serve({ [BEGIN]: { url: '#at-the-provider' } });
  renderPart(<SignOn name="Example ID" next="/" />);
  const button = screen.getByRole('button');
  await userEvent.click(button);
  await waitFor(() => expect(location.hash).toBe('#at-the-provider'));
  expect(button).toBeDisabled();
  fireEvent(window, new PageTransitionEvent('pageshow', { persisted: true }));
  await waitFor(() => expect(button).toBeEnabled());
});

test('from a page that stays one signs in on another, and is told while that is not done', async () => {
  const onBack = vi.fn().mockRejectedValueOnce(new ApiError(401, {})).mockResolvedValue(undefined);
  renderPart(<SignOnElsewhere name="Example ID" onBack={onBack} />);
  const way = screen.getByRole('link', { name: 'Sign in with Example ID in a new tab' });
  expect(way).toHaveAttribute('target', '_blank');
  await userEvent.click(screen.getByRole('button', { name: 'I am logged in again' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('You are not logged in yet.');
  await userEvent.click(screen.getByRole('button', { name: 'I am logged in again' }));
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
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
