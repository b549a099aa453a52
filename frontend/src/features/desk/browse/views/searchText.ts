import type { DataSearch } from '@/lib/dataSearch';
import { address } from '@/lib/http';
import { filterOf, searchOf } from '../filter';
import type { TaskFilter } from '../filter';

const NUMBERS = /^(answers|(min|max)_\w+)$/;

/** A filter and an order as the query of an address, without the question mark. */
export function searchText(filter: TaskFilter, order: string | undefined): string {
  return address('', { ...filter, ...(order && { order }) }).slice(1);
}

/** What such a query says. */
export function readSearchText(text: string): DataSearch {
  const found: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const known = found[name];
    const read = NUMBERS.test(name) ? Number(value) : name === 'flagged' ? value === 'true' : value;
    found[name] = known === undefined ? read : [known, read].flat();
  }
  const { order } = found;
  return {
    ...searchOf(filterOf(found)),
    ...(typeof order === 'string' && { order }),
  };
}
