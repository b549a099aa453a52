const DECIMAL = /^[+-]?(\d+[.,]?\d*|[.,]\d+)$/;

/** The number that somebody typed, with a point or a comma; null when it is none. */
export function numberIn(text: string): number | null {
  const trimmed = text.trim();
  const value = DECIMAL.test(trimmed) ? Number(trimmed.replace(',', '.')) : NaN;
  return Number.isFinite(value) ? value : null;
}

/** With two decimals at most: a hundredth of a pixel is finer than any hand. */
export function shortNumber(value: number): string {
  return String(Math.round(value * 100) / 100);
}
