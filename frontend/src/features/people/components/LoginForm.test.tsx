import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { renderPart } from '@/testing/renderPart';
import { serve } from '@/testing/server';
import { DemoAccounts } from './DemoAccounts';
import { LoginForm } from './LoginForm';

const LOGIN = 'POST /_allauth/browser/v1/auth/login';

async function logIn() {
  await userEvent.type(screen.getByLabelText('E-mail'), 'ada@example.org');
  await userEvent.type(screen.getByLabelText('Password'), 'secret');
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
}

test('logs in with what was typed', async () => {
  const sent = serve({ [LOGIN]: { data: {} } });
  const done = vi.fn();
  renderPart(<LoginForm onDone={done} />);
  await logIn();
  expect(sent[0]?.body).toEqual({ email: 'ada@example.org', password: 'secret' });
  expect(done).toHaveBeenCalledOnce();
});

test('a wrong password is told without saying whether the e-mail is known', async () => {
  const errors = [{ message: 'No such user.', code: 'email_password_mismatch', param: 'password' }];
  serve({ [LOGIN]: { status: 400, body: { errors } } });
  const done = vi.fn();
  renderPart(<LoginForm onDone={done} />);
  await logIn();
  expect(await screen.findByText('E-mail and password do not match.')).toBeVisible();
  expect(done).not.toHaveBeenCalled();
});

test('one try too many counts the wait down, and the button works again by itself', async () => {
  const tooMany = {
    status: 429,
    body: { code: 'too_many_attempts' },
    headers: { 'Retry-After': '2' },
  };
  const replies: Record<string, unknown> = { [LOGIN]: tooMany };
  const sent = serve(replies);
  const done = vi.fn();
  renderPart(<LoginForm onDone={done} />);
  await logIn();
  const waiting = 'Too many tries. You can try again in 2 seconds.';
  expect(await screen.findByRole('alert')).toHaveTextContent(waiting);
  expect(screen.getByRole('button', { name: 'Log in' })).toBeDisabled();
  expect(await screen.findByText(/again in 1 second\./)).toBeVisible();
  expect(screen.getByRole('alert')).toHaveTextContent(waiting);
  await waitFor(() => expect(screen.getByRole('button', { name: 'Log in' })).toBeEnabled(), {
    timeout: 3000,
  });
  expect(screen.queryByText(/Too many tries/)).toBeNull();
  replies[LOGIN] = { data: {} };
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
  expect(done).toHaveBeenCalledOnce();
  expect(sent).toHaveLength(2);
});

const SECOND = 'POST /_allauth/browser/v1/auth/2fa/authenticate';
const HALFWAY = {
  status: 401,
  body: { data: { flows: [{ id: 'mfa_authenticate', is_pending: true }] } },
};

test('an account with a second factor is in once its code was given, too', async () => {
  const sent = serve({ [LOGIN]: HALFWAY, [SECOND]: { data: {} } });
  const done = vi.fn();
  renderPart(<LoginForm onDone={done} />);
  await logIn();
  await userEvent.type(await screen.findByLabelText('Code of your second factor'), '123 456');
  expect(done).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
  expect(sent[1]?.body).toEqual({ code: '123456' });
  expect(done).toHaveBeenCalledOnce();
});

test('a wrong code is told, and a recovery code does as well', async () => {
  const errors = [{ message: 'Incorrect code.', code: 'incorrect_code', param: 'code' }];
  serve({ [LOGIN]: HALFWAY, [SECOND]: { status: 400, body: { errors } } });
  renderPart(<LoginForm onDone={vi.fn()} />);
  await logIn();
  await userEvent.type(await screen.findByLabelText('Code of your second factor'), '1');
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
  expect(await screen.findByText(/That code does not fit/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Use a recovery code instead' }));
  expect(screen.getByLabelText('Recovery code')).toHaveValue('');
  expect(screen.queryByText(/That code does not fit/)).toBeNull();
});

test('whoever takes too long for the code begins anew', async () => {
  serve({ [LOGIN]: HALFWAY, [SECOND]: { status: 409, body: {} } });
  renderPart(<LoginForm onDone={vi.fn()} />);
  await logIn();
  await userEvent.type(await screen.findByLabelText('Code of your second factor'), '1');
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
  expect(await screen.findByLabelText('E-mail')).toBeVisible();
});

test('somebody logged in already, in another tab, goes on', async () => {
  serve({ [LOGIN]: { status: 409, body: {} } });
  const done = vi.fn();
  renderPart(<LoginForm onDone={done} />);
  await logIn();
  expect(done).toHaveBeenCalledOnce();
});

test('one click logs a demo account in; without a demo there is nothing to click', async () => {
  const sent = serve({ [LOGIN]: { data: {} } });
  const ada = { email: 'ada@example.org', password: 'pw', name: 'Ada', role: 'annotator' } as const;
  const done = vi.fn();
  renderPart(<DemoAccounts accounts={[ada]} onDone={done} />);
  await userEvent.click(screen.getByRole('button', { name: /Ada/ }));
  expect(sent[0]?.body).toEqual({ email: 'ada@example.org', password: 'pw' });
  expect(done).toHaveBeenCalledOnce();
  renderPart(<DemoAccounts accounts={[]} onDone={done} />);
  expect(screen.getAllByText('Look around in the demo')).toHaveLength(1);
});
