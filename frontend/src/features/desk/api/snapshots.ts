import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type Snapshot = Wire<'Snapshot'>;
export type Diff = Wire<'Diff'>;
export type TaskChange = Wire<'TaskChange'>;
export type FrozenFinal = Wire<'FrozenFinal'>;

/** What may become of a task, and what may differ in one that changed, in the order of filters. */
export const KINDS = [
  ...(['added', 'removed', 'changed'] as const),
  ...(['shape_added', 'shape_removed', 'moved', 'relabelled', 'described'] as const),
  ...(['answer', 'chosen', 'said', 'other'] as const),
];
export type ChangeKind = (typeof KINDS)[number];

export function isUnderway({ state }: Pick<Snapshot, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}

export function snapshotsQuery(dataset: string) {
  return pagedQuery(['dataset', dataset, 'snapshots'], '/api/datasets/{dataset}/snapshots/', {
    path: { dataset },
  });
}

export function createSnapshot(dataset: string, name: string) {
  return api.post('/api/datasets/{dataset}/snapshots/', { path: { dataset }, body: { name } });
}

export function deleteSnapshot(snapshot: string) {
  return api.delete('/api/snapshots/{snapshot_id}/', { path: { snapshot_id: snapshot } });
}

/** Compares two snapshots, or one with how the dataset is now. */
export function compare(dataset: string, before: string, after: string | null) {
  const body = { before, after };
  return api.post('/api/datasets/{dataset}/diffs/', { path: { dataset }, body });
}

export function diffQuery(diff: string) {
  return queryOptions({
    queryKey: ['diff', diff],
    queryFn: () => api.get('/api/diffs/{diff_id}/', { path: { diff_id: diff } }),
  });
}

export function changesQuery(diff: string, kind: ChangeKind | null) {
  return pagedQuery(['diff', diff, 'changes', kind], '/api/diffs/{diff_id}/changes/', {
    path: { diff_id: diff },
    query: { ...(kind && { kind }), limit: 20 },
  });
}
