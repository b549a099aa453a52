import type { Shape } from './shapes';

export type AttributeValue = boolean | number | string;

/** What shapes say, by the names of attributes; scripts may say what nobody asked. */
export type Said = Readonly<Record<string, unknown>>;

/** One question about every shape of a label; only a select has options. */
export interface Attribute {
  readonly name: string;
  readonly kind: 'checkbox' | 'select' | 'number' | 'text';
  readonly options?: readonly string[] | undefined;
  /** What a new shape says. */
  readonly default?: AttributeValue | undefined;
  readonly required?: boolean | undefined;
}

/** Nothing is said where it has to be, something that nobody asked, or a value that is no such kind. */
export interface AttributeFault {
  readonly code: 'needed' | 'unknown' | Attribute['kind'];
  readonly name: string;
  readonly options: readonly string[];
}

interface Habits {
  readonly shapes: readonly Shape[];
  readonly selection: readonly string[];
  readonly asked: ReadonlyMap<string, readonly Attribute[]>;
  readonly usual: ReadonlyMap<string, Said>;
}

/** Characters, and up to where numbers are exact; the server says the same. */
export const LONGEST_VALUE = 500;
const LARGEST_VALUE = 1e15;
const KEY = 'attributes';
const NOTHING: Said = {};

export function saidOf({ extra }: Shape): Said {
  const said = extra[KEY];
  return typeof said === 'object' && said !== null ? (said as Said) : NOTHING;
}

export function withSaid<S extends Shape>(shape: S, said: Said): S {
  const { [KEY]: _, ...rest } = shape.extra;
  const extra = Object.keys(said).length === 0 ? rest : { ...rest, [KEY]: said };
  return { ...shape, extra };
}

/** `said` with another value; undefined takes it back. */
export function withValue(said: Said, name: string, value: AttributeValue | undefined): Said {
  const { [name]: _, ...rest } = said;
  return value === undefined ? rest : { ...rest, [name]: value };
}

export function defaultsOf(asked: readonly Attribute[]): Said {
  return Object.fromEntries(
    asked.flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value]])),
  );
}

/**
 * What a shape says after another label came: what that one asks too, and what new shapes of it
 * say. What nobody ever asked stays, where the label takes such.
 */
export function carried(
  said: Said,
  before: readonly Attribute[],
  after: readonly Attribute[],
  usual: Said,
): Said {
  const entries = Object.entries(said).filter(([name, value]) =>
    after.length === 0
      ? !before.some((each) => each.name === name)
      : after.some((each) => each.name === name && takes(each, value)),
  );
  return { ...usual, ...Object.fromEntries(entries) };
}

/** What new shapes say once the selection said this. Numbers and texts are of one object alone. */
export function usualAfter(
  { shapes, selection, asked, usual }: Habits,
  name: string,
  value: AttributeValue | undefined,
): ReadonlyMap<string, Said> {
  const next = new Map(usual);
  for (const { id, label } of shapes) {
    const kind = asked.get(label)?.find((each) => each.name === name)?.kind;
    if (!selection.includes(id) || (kind !== 'checkbox' && kind !== 'select')) continue;
    next.set(label, withValue(next.get(label) ?? {}, name, value));
  }
  return next;
}

export function takes({ kind, options = [] }: Attribute, value: unknown): boolean {
  switch (kind) {
    case 'checkbox':
      return typeof value === 'boolean';
    case 'select':
      return typeof value === 'string' && options.includes(value);
    case 'number':
      return typeof value === 'number' && Math.abs(value) <= LARGEST_VALUE;
    case 'text':
      return typeof value === 'string' && value.length <= LONGEST_VALUE;
  }
}

/** The first thing wrong with what a shape says; null where all fits or its label asks nothing. */
export function faultIn(asked: readonly Attribute[], said: Said): AttributeFault | null {
  if (asked.length === 0) return null;
  const known = asked.map(({ name }) => name);
  const unknown = Object.keys(said).find((name) => !known.includes(name));
  if (unknown !== undefined) return { code: 'unknown', name: unknown, options: [] };
  for (const each of asked) {
    const { name, kind, options = [], required } = each;
    const value = said[name];
    const open = value === undefined || value === null || value === '';
    if (open && required) return { code: 'needed', name, options };
    if (!open && !takes(each, value)) return { code: kind, name, options };
  }
  return null;
}
