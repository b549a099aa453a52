import { queryOptions } from '@tanstack/react-query';
import { send } from '@/lib/http';
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
