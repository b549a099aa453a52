import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type Export = Wire<'Export'>;

export function isRunning({ url, finished_at }: Export): boolean {
  return url === null && finished_at === null;
}

export function exportsQuery(dataset: string) {
  return pagedQuery(['dataset', dataset, 'exports'], '/api/datasets/{dataset}/exports/', {
    path: { dataset },
  });
}

export function createExport(dataset: string, body: Wire<'ExportRequest'>) {
  return api.post('/api/datasets/{dataset}/exports/', { path: { dataset }, body });
}
