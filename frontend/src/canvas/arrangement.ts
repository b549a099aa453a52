/**
 * What is locked or concealed after another press: without ids nothing any more; with some, those
 * too, or, when all of them are already, all but those.
 */
export function toggled(now: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  if (ids.length === 0) return new Set();
  const all = ids.every((id) => now.has(id));
  return new Set(all ? [...now].filter((id) => !ids.includes(id)) : [...now, ...ids]);
}
