import { screen } from '@testing-library/react';
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
