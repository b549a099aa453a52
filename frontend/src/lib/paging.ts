import { infiniteQueryOptions } from '@tanstack/react-query';
import { addressOf } from './api';
import type { PathOf, Reply, Request } from './api';
import { send } from './http';

interface Page<Row> {
  /** Path and query of the neighbouring page, or null at the end. */
  next: string | null;
  previous: string | null;
  results: Row[];
}

type ListPath = {
  [P in PathOf<'get'>]: Reply<P> extends Page<unknown> ? P : never;
}[PathOf<'get'>];

/** A list that is read page by page, along the addresses that the server gives. */
export function pagedQuery<P extends ListPath>(
  key: readonly unknown[],
  path: P,
  request: Request<P>,
) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam }) => send<Reply<P>>('GET', pageParam),
    initialPageParam: addressOf(path, request),
    getNextPageParam: (page) => (page as Page<unknown>).next,
    getPreviousPageParam: (page) => (page as Page<unknown>).previous,
  });
}

export function rowsOf<Row>(data: { pages: Page<Row>[] } | undefined): Row[] {
  return data?.pages.flatMap((page) => page.results) ?? [];
}
