import { addressOf } from '@/lib/api';
import type { AuditSearch } from '@/lib/auditSearch';
import { pagedQuery } from '@/lib/paging';
import type { paths } from '@/api/schema';
import type { Wire } from '@/lib/wire';

export type LogEvent = Wire<'Event'>;
type Query = NonNullable<paths['/api/events/']['get']['parameters']['query']>;
export type Kind = NonNullable<Query['kind']>[number];
export type Group = NonNullable<Query['group']>[number];

/** In the order in which they are offered; what comes often and tells little comes last. */
export const GROUPS = [
  'member',
  'dataset',
  'label',
  'data',
  'export',
  'webhook',
  'act',
  'review',
  'talk',
  'work',
  'sign_in',
  'account',
  'mail',
] as const satisfies readonly Group[];

/** Those that tell of no dataset. */
const OF_INSTANCE: readonly Group[] = ['sign_in', 'account', 'mail'];

export const groupsOf = (slug: string | undefined): readonly Group[] =>
  slug === undefined ? GROUPS : GROUPS.filter((group) => !OF_INSTANCE.includes(group));

/** Answers are most of what happens, and are told unless somebody asks for them. */
export const USUAL = 'but_work';

/** The events of a dataset, or of the whole instance, as the address asks for them. */
export function eventsQuery(slug: string | undefined, search: AuditSearch) {
  const query = queryOf(search);
  return slug === undefined
    ? pagedQuery(['events', search], '/api/events/', { query })
    : pagedQuery(['dataset', slug, 'events', search], '/api/datasets/{dataset}/events/', {
        path: { dataset: slug },
        query,
      });
}

/** Where the same is had as a file. */
export function fileAddress(
  slug: string | undefined,
  search: AuditSearch,
  format: 'csv' | 'jsonl',
): string {
  const query = { ...queryOf(search), format };
  return slug === undefined
    ? addressOf('/api/events/export/', { query })
    : addressOf('/api/datasets/{dataset}/events/export/', { path: { dataset: slug }, query });
}

/** The group that is shown; of one kind, or of one thing unless another is asked for, that is all. */
export function whatOf({ what, kind, object }: AuditSearch): string {
  if (kind !== undefined) return 'all';
  return what ?? (object === undefined ? USUAL : 'all');
}

function queryOf(search: AuditSearch): Query {
  const { what: _, kind, from, to, ...rest } = search;
  const what = whatOf(search);
  const groups = what === USUAL ? GROUPS.filter((group) => group !== 'work') : [what as Group];
  return {
    ...(rest as Pick<Query, 'actor' | 'dataset' | 'object_type' | 'object'>),
    ...(kind !== undefined && { kind: [kind as Kind] }),
    ...(what !== 'all' && { group: groups }),
    ...bound('from', from, 0),
    ...bound('to', to, 1),
  };
}

/** When a day begins where the reader is, `days` after it; nothing for what is no day, such as one
 * whose year is still being typed. */
function bound(name: 'from' | 'to', day: string | undefined, days: number): Query {
  const [year = NaN, month = NaN, date = NaN] = (day ?? '').split('-').map(Number);
  const start = new Date(year, month - 1, date + days);
  const usable = year >= FIRST_YEAR && year <= LAST_YEAR && !Number.isNaN(start.getTime());
  return usable ? { [name]: start.toISOString() } : {};
}

const FIRST_YEAR = 1970;
const LAST_YEAR = 9000;
