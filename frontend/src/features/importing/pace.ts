/** So much of the past counts for the pace, ms. */
const WINDOW = 30_000;
/** A pace that was watched for less time would jump about, ms. */
const SHORTEST = 3_000;

/** How many rows were through at some time, ms. */
export interface Sample {
  readonly at: number;
  readonly through: number;
}

export interface Pace {
  /** Rows per second. */
  readonly rate: number;
  /** Seconds until the last row; null while nothing moves, or nobody knows how many there are. */
  readonly left: number | null;
}

/** The samples that still count, and a new one. */
export function watched(samples: readonly Sample[], now: Sample): readonly Sample[] {
  return [...samples.filter(({ at }) => now.at - at < WINDOW), now];
}

/** The pace that samples show, of so many rows, null if not known; null while they are too few. */
export function paceOf(samples: readonly Sample[], total: number | null): Pace | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < SHORTEST) return null;
  const rate = (1000 * (last.through - first.through)) / (last.at - first.at);
  return { rate, left: rate > 0 && total !== null ? (total - last.through) / rate : null };
}
