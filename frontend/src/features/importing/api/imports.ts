import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type Import = Wire<'Import'>;
export type ImportCounts = Wire<'ImportCounts'>;
export type ImportRow = Wire<'ImportRow'>;
type ImportState = Import['state'];

const OVER: readonly ImportState[] = ['done', 'cancelled', 'failed'];

export function isOver(state: ImportState): boolean {
  return OVER.includes(state);
}

export function importsQuery(dataset: string) {
  return pagedQuery(['dataset', dataset, 'imports'], '/api/datasets/{dataset}/imports/', {
    path: { dataset },
  });
}

/** One import, asked again every second until it is over. */
export function importQuery(id: string) {
  return queryOptions({
    queryKey: ['import', id],
    queryFn: () => api.get('/api/imports/{import_id}/', { path: { import_id: id } }),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.state) ? false : 1000),
  });
}

export function importRowsQuery(id: string, state: ImportRow['state']) {
  return pagedQuery(['import', id, 'rows', state], '/api/imports/{import_id}/rows/', {
    path: { import_id: id },
    query: { state },
  });
}

export type ImportAct = 'retry' | 'pause' | 'resume' | 'cancel';

export function actOnImport(id: string, act: ImportAct) {
  return api.post(`/api/imports/{import_id}/${act}/`, { path: { import_id: id } });
}
