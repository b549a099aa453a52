import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';
import { type Sample, watched } from '../pace';

export type Import = Wire<'Import'>;
export type ImportCounts = Wire<'ImportCounts'>;
export type ImportRow = Wire<'ImportRow'>;
export type Failures = Wire<'Failures'>;
export type Failure = Failures['results'][number];
type ImportState = Import['state'];

const OVER: readonly ImportState[] = ['done', 'cancelled', 'failed', 'undone'];

export function isOver(state: ImportState): boolean {
  return OVER.includes(state);
}

export function importsQuery(dataset: string) {
  return pagedQuery(['dataset', dataset, 'imports'], '/api/datasets/{dataset}/imports/', {
    path: { dataset },
  });
}

/** An import, and how far it was lately. */
export type WatchedImport = Import & { readonly samples: readonly Sample[] };

/** One import, asked again every so many ms until it is over. */
export function importQuery(id: string, every = 1000) {
  return queryOptions({
    queryKey: ['import', id],
    queryFn: async ({ client, queryKey }): Promise<WatchedImport> => {
      const found = await api.get('/api/imports/{import_id}/', { path: { import_id: id } });
      const before = client.getQueryData<WatchedImport>(queryKey);
      const { total, queued, fetching } = found.counts;
      const now = { at: Date.now(), through: total - queued - fetching };
      // What was before a pause says nothing of the pace since.
      const running = found.state === 'running';
      return { ...found, samples: running ? watched(before?.samples ?? [], now) : [] };
    },
    refetchInterval: ({ state }) => (state.data && isOver(state.data.state) ? false : every),
  });
}

/** Which rows; what is empty does not count. */
export interface RowFilter {
  readonly state: ImportRow['state'];
  readonly code: string;
  readonly search: string;
}

/** Rows by line; another `count` means that there are others. */
export function importRowsQuery(id: string, filter: RowFilter, count: number) {
  const { state, code, search } = filter;
  return pagedQuery(['import', id, 'rows', filter, count], '/api/imports/{import_id}/rows/', {
    path: { import_id: id },
    query: { state, ...(code && { code }), ...(search && { search }) },
  });
}

export function failuresQuery(id: string, failed: number) {
  return queryOptions({
    queryKey: ['import', id, 'failures', failed],
    queryFn: () => api.get('/api/imports/{import_id}/failures/', { path: { import_id: id } }),
  });
}

/** How the list was read and what came of it; other `failed` lines mean another report. */
export function reportQuery(id: string, failed: number) {
  return queryOptions({
    queryKey: ['import', id, 'report', failed],
    queryFn: () => api.get('/api/imports/{import_id}/report.json', { path: { import_id: id } }),
    placeholderData: keepPreviousData,
  });
}

/** So many fit into one line of the widest page. */
const NEWEST = 12;

export function newestQuery(id: string, done: number) {
  return queryOptions({
    queryKey: ['import', id, 'newest', done],
    queryFn: async () => {
      const page = await api.get('/api/imports/{import_id}/rows/', {
        path: { import_id: id },
        query: { state: 'done', order: '-line', limit: NEWEST },
      });
      return page.results;
    },
    placeholderData: keepPreviousData,
  });
}

export type ImportAct = 'retry' | 'pause' | 'resume' | 'cancel';

/** Fetches the failed rows once more that failed for this reason. */
export function retryReason(id: string, code: string) {
  return api.post('/api/imports/{import_id}/retry/', { path: { import_id: id }, body: { code } });
}

export function actOnImport(id: string, act: ImportAct) {
  return api.post(`/api/imports/{import_id}/${act}/`, { path: { import_id: id } });
}

export type Kept = Wire<'Kept'>;

/** What undoing an import would do, or has left; another `count` of images means to ask again, null while it is under way. */
export function undoQuery(id: string, count: number | null) {
  return queryOptions({
    queryKey: ['import', id, 'undo', count],
    queryFn: () => api.get('/api/imports/{import_id}/undo/', { path: { import_id: id } }),
    placeholderData: keepPreviousData,
  });
}

export function undoImport(id: string) {
  return api.post('/api/imports/{import_id}/undo/', { path: { import_id: id } });
}
