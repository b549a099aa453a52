import { queryOptions } from '@tanstack/react-query';
import { send } from '@/lib/http';

/** A filter and an order that somebody keeps under a name; `search` is as an address says it. */
export interface View {
  readonly id: string;
  readonly name: string;
  readonly search: string;
}

const at = (slug: string) => `/api/datasets/${slug}/views/`;

export function viewsQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'views'],
    queryFn: async () => (await send<{ results: View[] }>('GET', at(slug))).results,
    staleTime: 60_000,
  });
}

export function saveView(slug: string, view: Pick<View, 'name' | 'search'>) {
  return send<View>('POST', at(slug), { body: view });
}

export function changeView(slug: string, id: string, to: Partial<View>) {
  return send<View>('PATCH', `${at(slug)}${id}/`, { body: to });
}

export function deleteView(slug: string, id: string) {
  return send('DELETE', `${at(slug)}${id}/`);
}
