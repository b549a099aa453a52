import { api } from '@/lib/api';
import { ApiError } from '@/lib/http';
import type { Wire } from '@/lib/wire';

export type ReviewTask = Wire<'ReviewTask'>;
export type Conflict = Wire<'Conflict'>;
export type Choice = Wire<'Choice'>;
export type MergedObject = Wire<'MergedObject'>;
export type Decision = Wire<'DecisionRequest'>;
export type Citation = Wire<'CitationRequest'>;
export type NoReview = Wire<'NoWork'>;

/** What happened to a task since it was read. */
export interface Differences {
  readonly answers: readonly { version: string; change: 'new' | 'edited' | 'late' }[];
  readonly conflicts: { readonly gone: readonly string[]; readonly come: readonly string[] };
  readonly decided: readonly { action: Decision['action']; by: string; at: string }[];
  readonly taken_over: boolean;
}

export type Order = Wire<'Sort'>;

export function nextReviews(slug: string, count: number, order: Order) {
  return api.post('/api/datasets/{dataset}/review/next/', {
    path: { dataset: slug },
    body: { count, sort: order },
  });
}

/** Gives me one task, by name; 409 where it does not wait for me. */
export function pickReview(task: string) {
  return api.put('/api/tasks/{task}/review/', { path: { task } });
}

/** Who is behind the letters; that I looked is recorded. */
export function namesIn(task: string) {
  return api.post('/api/tasks/{task}/names/', { path: { task } });
}

export function releaseReview(task: string) {
  return api.delete('/api/tasks/{task}/review/', { path: { task } });
}

/** @param again whether this was sent before and may have got through unheard */
export async function sendDecisions(
  task: Pick<ReviewTask, 'id' | 'version' | 'lease'>,
  decisions: readonly Decision[],
  final: boolean,
  again: boolean,
): Promise<void> {
  const { id, version, lease } = task;
  const request = { path: { task: id }, ifMatch: version, body: { lease, decisions, final } };
  await api.post('/api/tasks/{task}/decisions/', request).catch((error: unknown) => {
    if (!again || !isMyOwnDoing(error)) throw error;
  });
}

/** Whether a task changed by nobody but me: the first try did what it was to. */
function isMyOwnDoing(error: unknown): boolean {
  const differences = differencesIn(error);
  if (!differences) return false;
  const { answers, decided, taken_over: takenOver } = differences;
  return answers.length === 0 && decided.length === 0 && !takenOver;
}

/** Opens a task again that I have closed, and gives it to me. */
export function takeBack(task: string) {
  return api.post('/api/tasks/{task}/take-back/', { path: { task } });
}

export function extendReview(task: string, lease: string) {
  return api.post('/api/tasks/{task}/review/', { path: { task }, body: { lease } });
}

/** What a refusal says of what happened meanwhile; null where it was refused for something else. */
export function differencesIn(error: unknown): Differences | null {
  if (!(error instanceof ApiError) || error.status !== 412) return null;
  return (error.body as { diff?: Differences }).diff ?? null;
}

/** The task went to somebody else, or its image went. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && ['lease_lost', 'taken_down'].includes(error.code);
}
