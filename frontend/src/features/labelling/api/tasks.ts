import type { Span } from '@/canvas';
import type { Option } from '@/lib/datasets';
import { send } from '@/lib/http';

export type Verdict = 'accept' | 'reject' | 'ignore';
export type OptionId = string | number;

/** What somebody has on the page: sent as an answer, or kept as a draft. */
export interface Response {
  answer?: Verdict;
  spans: readonly Span[];
  accept: readonly OptionId[];
  /** Why a reviewer sent the task back, while it is being reworked. */
  sent_back?: string;
}

export interface Task {
  id: string;
  version: number;
  /** Null for a task that I have answered: an edit needs no lease. */
  lease: string | null;
  lease_expires_at: string | null;
  images: { id: string; url: string; width: number; height: number; name: string }[];
  spans: Span[];
  options: Option[] | null;
  question: string;
  meta: Record<string, unknown>;
  why: { code: string; text: string };
  draft: Response | null;
}

export interface NoWork {
  code: 'done' | 'all_leased' | 'not_allowed' | 'importing';
  detail: string;
  until: string | null;
}

export interface NextReply {
  tasks: Task[];
  reason: NoWork | null;
  left: number;
}

export type SkipReason = 'broken_image' | 'unclear' | 'not_my_job';

export function nextTasks(slug: string, count: number): Promise<NextReply> {
  return send('POST', `/api/datasets/${slug}/next/`, { body: { count } });
}

/** One of my own answers, opened again with what I said in its draft. */
export function myTask(id: string): Promise<Task> {
  return send('GET', `/api/tasks/${id}/mine/`);
}

export function saveDraft(id: string, body: Response): Promise<null> {
  return send('PUT', `/api/tasks/${id}/draft/`, { body: { body }, keepalive: true });
}

export function extendLease(id: string, lease: string): Promise<{ lease_expires_at: string }> {
  return send('POST', `/api/tasks/${id}/lease/`, { body: { lease } });
}

export function releaseTask(id: string): Promise<null> {
  return send('DELETE', `/api/tasks/${id}/lease/`, { keepalive: true });
}

export function skipTask(id: string, reason: SkipReason): Promise<null> {
  return send('POST', `/api/tasks/${id}/skip/`, { body: { reason } });
}
