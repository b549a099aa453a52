import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { rowsOf } from '@/lib/paging';
import { tasksQuery } from '../api/tasks';
import type { TaskRow, Wanted } from '../api/tasks';
import { listStore } from '../browse/listStore';

/** So many rows before the end of what is known more are fetched. */
const AHEAD = 5;

export interface Neighbours {
  readonly previous: TaskRow | null;
  readonly next: TaskRow | null;
}

/** Which tasks stand beside one in the list that one came from, as far as that is fetched. */
export function useNeighbours(slug: string, wanted: Wanted, task: string): Neighbours {
  const list = useInfiniteQuery(tasksQuery(slug, wanted, listStore(slug, wanted).getState().from));
  const rows = rowsOf(list.data);
  const place = rows.findIndex(({ id }) => id === task);
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = list;
  const more = hasNextPage && !isFetchingNextPage && !isError;
  const short = place >= 0 && place >= rows.length - AHEAD && more;
  useEffect(() => {
    if (short) void fetchNextPage();
  }, [short, fetchNextPage]);
  if (place < 0) return { previous: null, next: null };
  return { previous: rows[place - 1] ?? null, next: rows[place + 1] ?? null };
}
