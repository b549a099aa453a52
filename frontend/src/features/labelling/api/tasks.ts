import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export type Verdict = Wire<'Verdict'>;
export type OptionId = Wire<'Option'>['id'];
export type Suggestion = Wire<'Suggestion'>;
export type NoWork = Wire<'NoWork'>;
export type Returned = Wire<'Return'>;
export type SkipReason = Wire<'SkipReason'>;

/** What somebody has on the page: sent as an answer, or kept as a draft. */
export interface Response {
  answer?: Verdict;
  spans: readonly Wire<'SpanRequest'>[];
  accept: readonly OptionId[];
  attributes?: Record<string, unknown>;
  /** Ids of suggested shapes that are not wanted; only drafts tell. */
  dismissed?: readonly string[];
  /** Time spent on it. */
  seconds?: number | null;
  /** The page that saved it. */
  page?: string;
}

/** The server keeps a draft as it is; its lease is null where my answer is being edited. */
export type Task = Omit<Wire<'Task'>, 'draft'> & { draft: Response | null };

type NextReply = Omit<Wire<'NextReply'>, 'tasks'> & { tasks: Task[] };

/** Nobody answers any more after so long, ms. */
export const PATIENCE = 30_000;

export function nextTasks(slug: string, count: number) {
  const request = { path: { dataset: slug }, body: { count } };
  return api.post('/api/datasets/{dataset}/next/', request) as Promise<NextReply>;
}

/** One of my own answers, opened again with what I said in its draft. */
export function myTask(id: string) {
  return api.get('/api/tasks/{task}/mine/', { path: { task: id } }) as Promise<Task>;
}

/** Saves the version after `base`; 412 when another page was faster. */
export function saveDraft(user: string, id: string, body: Response, base: number) {
  return api.put('/api/tasks/{task}/draft/', {
    path: { task: id },
    user,
    body: { body: { ...body }, base },
    signal: AbortSignal.timeout(PATIENCE),
  });
}

export function extendLease(id: string, lease: string) {
  return api.post('/api/tasks/{task}/lease/', { path: { task: id }, body: { lease } });
}

export function releaseTask(id: string) {
  return api.delete('/api/tasks/{task}/lease/', { path: { task: id }, keepalive: true });
}

export function flagTask(id: string, comment: string) {
  return api.post('/api/tasks/{task}/flag/', { path: { task: id }, body: { comment } });
}

export function skipTask(id: string, reason: SkipReason) {
  return api.post('/api/tasks/{task}/skip/', { path: { task: id }, body: { reason } });
}
