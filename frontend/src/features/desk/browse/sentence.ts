import type { TFunction } from 'i18next';
import type { FilterName, RangeName, TaskFilter } from './filter';
import { RANGES } from './filter';
import { monday } from './dates';

type T = TFunction<'browse'>;

/** One part of the sentence that a filter reads as, and the names that it stands for. */
export interface Part {
  /** What edits it. */
  readonly editor: Editor;
  readonly names: readonly FilterName[];
  readonly text: string;
}

export type Editor =
  | Exclude<FilterName, `${'min' | 'max'}_${RangeName}` | 'imported_from' | 'imported_to'>
  | RangeName
  | 'imported';

/** What things are called that a filter names by id. */
export interface Known {
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly imports: readonly { readonly id: string; readonly name: string }[];
  /** The day as the reader has it, 2026-01-31. */
  readonly today: string;
  readonly language: string;
}

/** A filter in words, part by part: conflicted, label stop, imported this week. */
export function partsOf(filter: TaskFilter, known: Known, t: T): Part[] {
  const parts: (Part | null)[] = [
    ...[
      plain(
        'state',
        filter.state?.map((state) => t(`part.state.${state}`)),
        t,
      ),
    ],
    filter.verdict ? part('verdict', t(`part.verdict.${filter.verdict as 'accept'}`)) : null,
    plain(
      'conflict',
      filter.conflict?.map((kind) => t(`part.conflictKind.${kind}`)),
      t,
    ),
    plain('label', filter.label, t),
    plain('tag', filter.tag, t),
    filter.answers === undefined
      ? null
      : part('answers', t('part.answers', { count: filter.answers })),
    ofPerson(filter, known, t),
    filter.day ? part('day', t('part.day', { day: dayText(filter.day, known) })) : null,
    filter.flagged ? part('flagged', t('part.flagged')) : null,
    filter.text ? part('text', t('part.text', { text: filter.text })) : null,
    imported(filter, known, t),
    ofImport(filter, known, t),
    ...RANGES.map((name) => range(name, filter, known, t)),
    filter.behind ? part('behind', t('part.behind')) : null,
    filter.task ? part('task', t('part.task')) : null,
  ];
  return parts.filter((each) => each !== null);
}

function part(editor: Editor & FilterName, text: string): Part {
  return { editor, names: [editor], text };
}

/** Of several values any will do. */
function plain(
  name: 'state' | 'conflict' | 'label' | 'tag',
  values: readonly string[] | undefined,
  t: T,
): Part | null {
  if (!values) return null;
  const names = values.join(` ${t('or')} `);
  return part(name, name === 'state' ? names : t(`part.${name}`, { names }));
}

function ofPerson({ person }: TaskFilter, { people }: Known, t: T): Part | null {
  if (person === undefined) return null;
  const name = people.find(({ id }) => id === person)?.name ?? t('part.somebody');
  return part('person', t('part.person', { name }));
}

function ofImport(filter: TaskFilter, { imports }: Known, t: T): Part | null {
  if (filter.import === undefined) return null;
  const name = imports.find(({ id }) => id === filter.import)?.name ?? t('part.oneImport');
  return part('import', t('part.import', { name }));
}

function imported(filter: TaskFilter, known: Known, t: T): Part | null {
  const { imported_from: from, imported_to: to } = filter;
  if (from === undefined && to === undefined) return null;
  const [first, last] = [from, to].map((day) => (day ? dayText(day, known) : ''));
  const text = t(`part.imported.${howImported(from, to, known.today)}`, { from: first, to: last });
  return { editor: 'imported', names: ['imported_from', 'imported_to'], text };
}

function howImported(from: string | undefined, to: string | undefined, today: string) {
  if (from === undefined) return 'until';
  if (to !== undefined && to !== today) return from === to ? 'on' : 'between';
  if (from === today) return 'today';
  if (from === monday(today)) return 'week';
  if (from === `${today.slice(0, 8)}01`) return 'month';
  return 'since';
}

function range(name: RangeName, filter: TaskFilter, known: Known, t: T): Part | null {
  const [low, high] = [filter[`min_${name}`], filter[`max_${name}`]];
  if (low === undefined && high === undefined) return null;
  const show = (value: number | undefined) => numberText(name, value, known.language);
  const how =
    low === undefined
      ? 'most'
      : high === undefined
        ? 'least'
        : low === high
          ? 'exactly'
          : 'between';
  const words = { what: t(`part.what.${name}`), from: show(low), to: show(high) };
  return {
    editor: name,
    names: [`min_${name}`, `max_${name}`],
    text: special(name, low, high, t) ?? t(`part.range.${how}`, words),
  };
}

/** Ranges that people have words for. */
function special(name: RangeName, low: number | undefined, high: number | undefined, t: T) {
  if (name === 'size' && low === undefined && high === 16) return t('part.tiny');
  if (name === 'size' && low === undefined && high === 32) return t('part.small');
  if (name === 'shapes' && !low && high === 0) return t('part.noShapes');
  return null;
}

function numberText(name: RangeName, value: number | undefined, language: string): string {
  if (value === undefined) return '';
  if (name === 'confidence')
    return new Intl.NumberFormat(language, { style: 'percent' }).format(value);
  const text = new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(value);
  return name === 'score' || name === 'shapes' ? text : `${text} px`;
}

function dayText(day: string, { language }: Known): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(date);
}
