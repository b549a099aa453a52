import type { DataSearch } from '@/lib/dataSearch';
import type { Wire } from '@/lib/wire';

export const STATES = ['open', 'answered', 'conflicted', 'final'] as const;
export const CONFLICTS = [
  'label',
  'extent',
  'existence',
  'group',
  'duplicate',
  'answer',
  'unsure',
  'block',
] as const;
export const VERDICTS = ['accept', 'reject', 'ignore'] as const;

const ONCE = [
  'person',
  'day',
  'behind',
  'task',
  'verdict',
  'text',
  'import',
  'imported_from',
  'imported_to',
] as const;
const SEVERAL = ['state', 'label', 'tag', 'conflict'] as const;
/** Each can be bounded from below and from above. */
export const RANGES = ['score', 'confidence', 'width', 'height', 'shapes', 'size'] as const;

export type Several = (typeof SEVERAL)[number];
export type RangeName = (typeof RANGES)[number];
type Bound = `${'min' | 'max'}_${RangeName}`;

export type TaskState = Wire<'TaskState'>;
export type ConflictKind = Wire<'ConflictKind'>;

/** By what a list of tasks is narrowed. Of several values of one name any will do. */
export type TaskFilter = {
  readonly state?: readonly TaskState[];
  readonly label?: readonly string[];
  readonly tag?: readonly string[];
  readonly conflict?: readonly ConflictKind[];
  readonly answers?: number;
  readonly flagged?: true;
} & { readonly [Name in (typeof ONCE)[number]]?: string } & {
  readonly [Name in Bound]?: number;
};

export type FilterName = keyof TaskFilter;

/** What an address says of a filter; the server refuses values that are none, with a sentence. */
export function filterOf(search: DataSearch): TaskFilter {
  const found: Record<string, unknown> = {};
  for (const name of SEVERAL) {
    const values = [search[name] ?? []].flat().map(String);
    if (values.length > 0) found[name] = values;
  }
  for (const name of ONCE) if (search[name] !== undefined) found[name] = String(search[name]);
  for (const name of ['answers', ...bounds()] as const)
    if (typeof search[name] === 'number') found[name] = search[name];
  if (search.flagged === true) found['flagged'] = true;
  return found;
}

/** How an address says it. */
export function searchOf(filter: TaskFilter): DataSearch {
  return Object.fromEntries(
    Object.entries(filter).map(([name, value]) => [name, isOne(value) ? value[0] : value]),
  );
}

export function isNarrowed(filter: TaskFilter): boolean {
  return Object.keys(filter).length > 0;
}

/** The filter without some of its parts. */
export function without(filter: TaskFilter, ...names: readonly string[]): TaskFilter {
  return Object.fromEntries(Object.entries(filter).filter(([name]) => !names.includes(name)));
}

function bounds(): Bound[] {
  return RANGES.flatMap((name): Bound[] => [`min_${name}`, `max_${name}`]);
}

function isOne(value: unknown): value is [unknown] {
  return Array.isArray(value) && value.length === 1;
}
