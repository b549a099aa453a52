import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type BrowserSession = Wire<'Session'>;

export const sessionsQuery = pagedQuery(['sessions'], '/api/sessions/', {});

export function endSession(session: number) {
  return api.delete('/api/sessions/{session}/', { path: { session } });
}

/** Logs out everywhere but here. */
export function endOtherSessions() {
  return api.delete('/api/sessions/');
}
