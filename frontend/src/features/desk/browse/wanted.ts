import type { DataSearch } from '@/lib/dataSearch';
import type { Wanted } from '../api/tasks';
import { filterOf } from './filter';

/** Which tasks an address asks for, in which order. */
export function wantedOf(search: DataSearch): Wanted {
  return { filter: filterOf(search), ...(search.order && { order: search.order }) };
}
