import { queryOptions } from '@tanstack/react-query';
import { api } from './api';
import type { Wire } from './wire';

export type Guideline = Wire<'Guideline'>;
export type GuidelineVersion = Wire<'GuidelineVersion'>;

const RECENT = 50;

/** The versions of the guideline, the current one first; none where nobody has written any. */
export function guidelinesQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'guidelines'],
    queryFn: async () => {
      const request = { path: { dataset: slug }, query: { limit: RECENT } };
      return (await api.get('/api/datasets/{dataset}/guidelines/', request)).results;
    },
  });
}

/** One version, which never changes, and what is new in it `since` an earlier one. */
export function guidelineQuery(slug: string, version: number, since?: number) {
  return queryOptions({
    queryKey: ['guideline', slug, version, since],
    queryFn: () =>
      api.get('/api/datasets/{dataset}/guidelines/{version}/', {
        path: { dataset: slug, version },
        ...(since !== undefined && { query: { since } }),
      }),
    staleTime: Infinity,
  });
}

export function readGuideline(slug: string, version: number) {
  return api.put('/api/datasets/{dataset}/guidelines/{version}/read/', {
    path: { dataset: slug, version },
  });
}

/** Whether there is something in the guideline that its reader has not seen. */
export function isNews([current]: readonly GuidelineVersion[]): boolean {
  return current !== undefined && !current.read;
}

/** The version that its reader has read last, if it is not the current one. */
export function lastRead(versions: readonly GuidelineVersion[]): number | undefined {
  return isNews(versions) ? versions.find(({ read }) => read)?.version : undefined;
}
