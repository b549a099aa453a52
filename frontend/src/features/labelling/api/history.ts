import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';
import type { Verdict } from './tasks';

export type MyAnswer = Wire<'MyAnswer'>;
export type OwnProgress = Wire<'OwnProgress'>;

const AT_ONCE = 30;

/** What is asked again when an answer of mine has arrived. */
export function mineKey(slug: string) {
  return ['dataset', slug, 'mine'] as const;
}

/** My own answers, newest first: with this verdict, and with this text in what I saw or said. */
export function myAnswersQuery(slug: string, wanted: { answer: Verdict | null; text: string }) {
  const { answer, text } = wanted;
  const key = [...mineKey(slug), 'answers', answer, text];
  return pagedQuery(key, '/api/datasets/{dataset}/answers/mine/', {
    path: { dataset: slug },
    query: { limit: AT_ONCE, ...(answer && { answer }), ...(text !== '' && { q: text }) },
  });
}

export function ownProgressQuery(slug: string) {
  return queryOptions({
    queryKey: [...mineKey(slug), 'progress'],
    queryFn: () => api.get('/api/datasets/{dataset}/progress/mine/', { path: { dataset: slug } }),
  });
}
