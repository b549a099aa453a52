import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export type Point = Wire<'Point'>;
export type Take = Wire<'Take'>;
export type Points = Wire<'PointsReply'>;
export type Kind = Point['kind'];
export type LeftOut = Wire<'LeftOut'>;
export type Saying = Pick<Wire<'BulkRequest'>, 'action' | 'take'>;

export interface Filter {
  readonly kind?: Kind;
  readonly label?: string;
}

/** Conflicts that are fetched at a time. */
const PAGE = 60;

/** Open conflicts across all images, the oldest first. */
export function pointsIn(slug: string, filter: Filter, after: string | null) {
  return api.get('/api/datasets/{dataset}/review/conflicts/', {
    path: { dataset: slug },
    query: { ...filter, limit: PAGE, ...(after !== null && { after }) },
  });
}

/** Says the same of many conflicts; the key makes a second send harmless. */
export function sayOf(
  slug: string,
  saying: Saying,
  conflicts: readonly { conflict: string; version: number }[],
  idempotencyKey: string,
) {
  return api.post('/api/datasets/{dataset}/review/bulk/', {
    path: { dataset: slug },
    body: { ...saying, conflicts },
    idempotencyKey,
  });
}

/** Takes back all that was said with one request. */
export function takeBackAll(slug: string, bulk: string) {
  return api.post('/api/datasets/{dataset}/review/bulk/{bulk_id}/undo/', {
    path: { dataset: slug, bulk_id: bulk },
  });
}
