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
