import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { DataSearch } from '@/lib/dataSearch';
import { choicesQuery } from '../api/browse';
import { today } from './dates';
import { searchOf } from './filter';
import type { TaskFilter } from './filter';
import { partsOf } from './sentence';
import type { Known } from './sentence';
import { wantedOf } from './wanted';

/** What the address of the list says, and how to say something else there. */
export function useBrowse(slug: string) {
  const search = useSearch({ from: '/member/shell/datasets/$slug/data' });
  const navigate = useNavigate();
  const go = useCallback(
    (next: DataSearch, replace = false) =>
      void navigate({
        to: '/datasets/$slug/data',
        params: { slug },
        search: next,
        replace,
        resetScroll: false,
      }),
    [navigate, slug],
  );
  const wanted = wantedOf(search);
  const { order, view } = search;
  const kept = { ...(order && { order }), ...(view && { view }) };
  return {
    search,
    wanted,
    order: order ?? 'order_key',
    table: view === 'table',
    setFilter: (filter: TaskFilter, replace = false) => {
      go({ ...searchOf(filter), ...kept }, replace);
    },
    setOrder: (to: string) => {
      const { order: _, ...rest } = search;
      go(to === 'order_key' ? rest : { ...rest, order: to });
    },
    setTable: (table: boolean) => {
      const { view: _, ...rest } = search;
      go(table ? { ...rest, view: 'table' } : rest, true);
    },
    go,
  };
}

export type Browse = ReturnType<typeof useBrowse>;

/** The filter in words. */
export function useParts(slug: string, filter: TaskFilter) {
  const { t, i18n } = useTranslation('browse');
  const choices = useQuery(choicesQuery(slug)).data;
  const known: Known = {
    people: choices?.people ?? [],
    imports: choices?.imports ?? [],
    today: today(),
    language: i18n.language,
  };
  return partsOf(filter, known, t);
}
