/** So many labels are remembered as used lately. */
const LATELY = 6;

/** `current` before those that were in use until now. */
export function usedNow(current: string, used: readonly string[]): readonly string[] {
  if (used[0] === current) return used;
  return [current, ...used.filter((name) => name !== current)].slice(0, LATELY);
}

/** The labels used lately in a dataset on this machine, the last first; none that cannot be read. */
export function keptUsed(dataset: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(placeOf(dataset)) ?? '[]');
    if (!Array.isArray(kept)) return [];
    return kept.filter((name) => typeof name === 'string').slice(0, LATELY);
  } catch {
    return [];
  }
}

export function keepUsed(dataset: string, used: readonly string[]): void {
  try {
    localStorage.setItem(placeOf(dataset), JSON.stringify(used));
  } catch {
    // A full or forbidden storage: they last as long as the page, then.
  }
}

function placeOf(dataset: string): string {
  return `concord-used-labels-${dataset}`;
}
