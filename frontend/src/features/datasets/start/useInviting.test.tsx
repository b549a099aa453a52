import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { beforeEach, expect, test } from 'vitest';
import { type Me, meQuery } from '@/lib/me';
import { keptDraft, useDraft } from './keptDraft';
import { useInviting } from './useInviting';

beforeEach(() => {
  localStorage.clear();
});

function start() {
  const client = new QueryClient();
  client.setQueryData(meQuery.queryKey, { id: 'me', email: 'me@example.org' } as Me);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const use = () => {
    const { draft, change } = useDraft();
    return { draft, change, ...useInviting(draft, change) };
  };
  return renderHook(use, { wrapper }).result;
}

test('who is typed is kept, and is on the list once added', () => {
  const page = start();
  act(() => page.current.type({ text: 'ann@example.org', role: 'reviewer' }));
  expect(keptDraft('me').typed.text).toBe('ann@example.org');
  const ann = { email: 'ann@example.org', role: 'reviewer' };
  act(() => expect(page.current.add()).toEqual([ann]));
  expect(page.current.draft).toMatchObject({ people: [ann], typed: { text: '' } });
});

test('what is no address stays, with what is wrong with it', () => {
  const page = start();
  act(() => page.current.type({ text: 'ann', role: 'annotator' }));
  act(() => expect(page.current.add()).toBeNull());
  expect(page.current.typed.text).toBe('ann');
  expect(page.current.fault).toEqual({ code: 'address', email: 'ann' });
  act(() => page.current.type({ text: 'ann@', role: 'annotator' }));
  expect(page.current.fault).toBeNull();
});

test('a late change leaves what was typed meanwhile', () => {
  const page = start();
  const { change } = page.current;
  act(() => page.current.change({ addresses: 'https://a/1.jpg' }));
  act(() => change({ step: 'people' }));
  expect(page.current.draft).toMatchObject({ step: 'people', addresses: 'https://a/1.jpg' });
});
