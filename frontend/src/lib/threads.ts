import { queryOptions } from '@tanstack/react-query';
import { api } from './api';
import type { Wire } from './wire';

export type Thread = Wire<'Thread'>;
export type Comment = Wire<'Comment'>;
export type Called = Wire<'Called'>;
export type PersonToCall = Wire<'PersonToCall'>;
export type Region = Wire<'Region'>;

/** What is said, and whom it calls. */
export interface Said {
  readonly text: string;
  readonly mentions: string[];
}

const MOST = 500;

/** The threads on a task that I see, and whom I can call into one. */
export function taskThreadsQuery(task: string) {
  return queryOptions({
    queryKey: ['task', task, 'threads'],
    queryFn: () => api.get('/api/tasks/{task}/threads/', { path: { task } }),
  });
}

/** The unresolved threads of a dataset that I see, oldest first. */
export function openThreadsQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'threads'],
    queryFn: async () => {
      const request = { path: { dataset: slug }, query: { limit: MOST } };
      return (await api.get('/api/datasets/{dataset}/threads/', request)).results;
    },
  });
}

export function threadQuery(thread: string) {
  return queryOptions({
    queryKey: ['thread', thread],
    queryFn: () => api.get('/api/threads/{thread}/', { path: { thread } }),
  });
}

/** @param idempotencyKey the same for every try to say the same thing */
export function openThread(
  task: string,
  said: Said & Pick<Wire<'ThreadRequest'>, 'region' | 'tile'>,
  idempotencyKey: string,
) {
  return api.post('/api/tasks/{task}/threads/', { path: { task }, body: said, idempotencyKey });
}

export function writeComment(thread: string, said: Said, idempotencyKey: string) {
  const request = { path: { thread }, body: said, idempotencyKey };
  return api.post('/api/threads/{thread}/comments/', request);
}

export function editComment(comment: string, said: Said) {
  return api.patch('/api/comments/{comment}/', { path: { comment }, body: said });
}

export function deleteComment(comment: string) {
  return api.delete('/api/comments/{comment}/', { path: { comment } });
}

export function restoreComment(comment: string) {
  return api.post('/api/comments/{comment}/restore/', { path: { comment } });
}

export function resolveThread(thread: string) {
  return api.post('/api/threads/{thread}/resolve/', { path: { thread } });
}

export function reopenThread(thread: string) {
  return api.post('/api/threads/{thread}/reopen/', { path: { thread } });
}

/** The thread after that one, from the last to the first; those on the task at hand come first. */
export function nextThread(
  threads: readonly Thread[],
  shown: string | null,
  task: string | undefined,
): Thread | undefined {
  const at = threads.findIndex(({ id }) => id === shown);
  if (at >= 0) return threads[(at + 1) % threads.length];
  return threads.find((thread) => thread.task === task) ?? threads[0];
}
