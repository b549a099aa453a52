/** What the address of an audit log says; all of it may be left out. `what` is a group of kinds. */
export interface AuditSearch {
  what?: string;
  kind?: string;
  actor?: string;
  dataset?: string;
  object_type?: string;
  object?: string;
  from?: string;
  to?: string;
}

const NAMES = [
  'what',
  'kind',
  'actor',
  'dataset',
  'object_type',
  'object',
  'from',
  'to',
] as const satisfies readonly (keyof AuditSearch)[];

/** Drops what no log could be asked for; the server looks at the values. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const read = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return Object.fromEntries(
    NAMES.map((name) => [name, read(search[name])] as const).filter(([, value]) => value !== ''),
  );
}
