import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { rowsOf } from '@/lib/paging';
import { tasksQuery } from '../api/tasks';
import type { Wanted } from '../api/tasks';

/** A longer list is not fetched anew by itself: its rows are changed where they stand. */
const MOST_PAGES = 3;

/** A list of tasks as far as it is fetched, from its start or from its end. */
export function useTaskPages(slug: string, wanted: Wanted, from: 'start' | 'end') {
  const list = useInfiniteQuery({
    ...tasksQuery(slug, wanted, from),
    refetchOnMount: ({ state }) => isShort(state.data),
    refetchOnWindowFocus: ({ state }) => isShort(state.data),
  });
  const rows = useMemo(() => rowsOf(list.data), [list.data]);
  return { list, rows };
}

function isShort(data: { pages: readonly unknown[] } | undefined): boolean {
  return (data?.pages.length ?? 0) <= MOST_PAGES;
}
