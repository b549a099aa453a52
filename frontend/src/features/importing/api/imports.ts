import { queryOptions } from '@tanstack/react-query';
import { send } from '@/lib/http';
import { pagedQuery } from '@/lib/paging';

export type ImportState =
  'reading' | 'running' | 'paused' | 'storage_full' | 'done' | 'cancelled' | 'failed';

export interface ImportCounts {
  total: number;
  queued: number;
  fetching: number;
  done: number;
  duplicate: number;
  failed: number;
  cancelled: number;
}

export interface Import {
  id: string;
  name: string;
  state: ImportState;
  created_by: { id: string; name: string };
  created_at: string;
  finished_at: string | null;
  error: string;
  counts: ImportCounts;
}

export interface ImportRow {
  line: number;
  url: string;
  state: 'queued' | 'fetching' | 'done' | 'duplicate' | 'failed' | 'cancelled';
  code: string;
  reason: string;
  image: string | null;
  task: string | null;
  thumbnail: string | null;
}

const OVER: readonly ImportState[] = ['done', 'cancelled', 'failed'];

export function isOver(state: ImportState): boolean {
  return OVER.includes(state);
}

export function importsQuery(slug: string) {
  return pagedQuery<Import>(['dataset', slug, 'imports'], `/api/datasets/${slug}/imports/`);
}

/** One import, asked again every second until it is over. */
export function importQuery(id: string) {
  return queryOptions({
    queryKey: ['import', id],
    queryFn: () => send<Import>('GET', `/api/imports/${id}/`),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.state) ? false : 1000),
  });
}

export function importRowsQuery(id: string, state: ImportRow['state']) {
  return pagedQuery<ImportRow>(
    ['import', id, 'rows', state],
    `/api/imports/${id}/rows/?state=${state}`,
  );
}

export type ImportAct = 'retry' | 'pause' | 'resume' | 'cancel';

export function actOnImport(id: string, act: ImportAct): Promise<Import> {
  return send('POST', `/api/imports/${id}/${act}/`);
}
