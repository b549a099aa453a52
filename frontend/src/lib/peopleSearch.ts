/** What people can be looked for by, besides a text. */
export const SEARCHED = {
  state: ['active', 'invited', 'deactivated'],
  role: ['admin', 'creator'],
  factor: ['on', 'off'],
} as const;

export interface PeopleSearch {
  text?: string;
  state?: (typeof SEARCHED.state)[number];
  role?: (typeof SEARCHED.role)[number];
  factor?: (typeof SEARCHED.factor)[number];
}

/** What the address of the page asks for; what it cannot mean is left out. */
export function readPeopleSearch(search: Record<string, unknown>): PeopleSearch {
  const text = search['text'];
  const read = <Value extends string>(name: string, known: readonly Value[]) =>
    known.find((value) => value === search[name]);
  const found = {
    text: typeof text === 'string' || typeof text === 'number' ? String(text) : undefined,
    state: read('state', SEARCHED.state),
    role: read('role', SEARCHED.role),
    factor: read('factor', SEARCHED.factor),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value)) as PeopleSearch;
}
