/** A date without a time is the same day everywhere. */
export function dateName(day: string, language: string, { year = false } = {}): string {
  const format = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language, { ...format, ...(year && { year: 'numeric' }) }).format(
    new Date(day),
  );
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
