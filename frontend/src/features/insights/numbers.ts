import type { Wire } from '@/lib/wire';

/** A part as people read it: 42%. */
export function percent(part: number): string {
  return `${String(Math.round(100 * part))}%`;
}

/** A date without a time is the same day everywhere. */
export function dayName(day: string, language: string): string {
  const format = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language, format).format(new Date(day));
}

/** Fewer cases than these say nothing of anybody. */
export const FEW = 20;

/** A small part as it was chosen: 0.5%. */
export function exact(part: number): string {
  return `${String(Number((100 * part).toFixed(1)))}%`;
}

/** The seconds that somebody takes for a task, once enough cases tell. */
export function knownPace(pace: Wire<'Pace'> | undefined): number | null {
  return pace !== undefined && pace.n >= FEW ? pace.median : null;
}
