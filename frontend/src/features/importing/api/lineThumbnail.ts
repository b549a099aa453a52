import { queryOptions } from '@tanstack/react-query';
import { addressOf } from '@/lib/api';
import { ApiError, fetchFile } from '@/lib/http';
import { worthRetrying } from '@/lib/queryClient';
import { turns } from '@/lib/turns';
import type { ListPreview, PreviewLine } from './preview';
import type { ImportOptions } from './startImport';

/** A list that is looked at, and how it is read. */
export interface Looked {
  dataset: string;
  preview: ListPreview;
  options: ImportOptions;
}

/** The server fetches four at once, for everybody. */
const inTurn = turns(3);
const MOST_TRIES = 10;

/** An image that a line names, in small; `place` counts from 1. The server fetches it. */
export function lineThumbnailQuery(looked: Looked, line: PreviewLine, place: number) {
  const { dataset, preview, options } = looked;
  const path = { dataset, ticket: preview.list };
  const query = {
    // Where lines name the same image it is fetched once.
    line: line.first_line ?? line.line,
    ...(place > 1 && { image: place }),
    ...(options.format !== '' && { format: options.format }),
    ...(options.url_field !== '' && { url_field: options.url_field }),
    ...(preview.encoding !== null && { encoding: preview.encoding }),
    ...(options.connection !== null && { connection: options.connection }),
  };
  const url = addressOf('/api/datasets/{dataset}/imports/preview/{ticket}/thumbnail/', {
    path,
    query,
  });
  return queryOptions({
    queryKey: ['line thumbnail', url],
    queryFn: ({ signal }) =>
      inTurn(() => {
        signal.throwIfAborted(); // while it waited for its turn
        return fetchFile(url, signal);
      }),
    staleTime: Infinity,
    retry: (tries, error) =>
      error instanceof ApiError && error.code === 'busy'
        ? tries < MOST_TRIES
        : worthRetrying(tries, error),
  });
}
