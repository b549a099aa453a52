import { infiniteQueryOptions } from '@tanstack/react-query';
import { send } from './http';

export interface Page<Row> {
  /** Path and query of the neighbouring page, or null at the end. */
  next: string | null;
  previous: string | null;
  results: Row[];
}

/** A list that is read page by page, along the addresses that the server gives. */
export function pagedQuery<Row>(key: readonly unknown[], first: string) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam }) => send<Page<Row>>('GET', pageParam),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
  });
}

export function rowsOf<Row>(data: { pages: Page<Row>[] } | undefined): Row[] {
  return data?.pages.flatMap((page) => page.results) ?? [];
}
