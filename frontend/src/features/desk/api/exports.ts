import { send } from '@/lib/http';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type Export = Wire<'Export'>;

export function isRunning({ url, finished_at }: Export): boolean {
  return url === null && finished_at === null;
}

export function exportsQuery(slug: string) {
  return pagedQuery<Export>(['dataset', slug, 'exports'], `/api/datasets/${slug}/exports/`);
}

export function createExport(
  slug: string,
  body: { format: string; which: Export['which'] },
): Promise<Export> {
  return send('POST', `/api/datasets/${slug}/exports/`, { body: { ...body, images: false } });
}
