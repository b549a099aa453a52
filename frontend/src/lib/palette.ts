/** Okabe and Ito's colours, told apart by every kind of colour vision; the black is left out because it drowns in photos. */
const OKABE_ITO = [
  '#e69f00',
  '#56b4e9',
  '#009e73',
  '#f0e442',
  '#0072b2',
  '#d55e00',
  '#cc79a7',
  '#999999',
] as const;

const GOLDEN_ANGLE = 137.508;

/** The colour of the n-th label: Okabe-Ito first, then hues a golden angle apart at equal lightness. */
export function labelColour(n: number): string {
  const named = OKABE_ITO[n];
  if (named !== undefined) return named;
  return fromHsl((n * GOLDEN_ANGLE) % 360, 0.6, 0.55);
}

/** The key of the n-th label or option: 1 to 9, then 0, then none of its own. */
export function digitKey(n: number): string {
  return n < 10 ? String((n + 1) % 10) : '';
}

/** Black or white, whichever reads better on a colour (relative luminance of WCAG 2.2). */
export function inkOn(colour: string): '#000000' | '#ffffff' {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const c = parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // Contrast with black is (L + 0.05) / 0.05, with white 1.05 / (L + 0.05).
  return (luminance + 0.05) ** 2 > 0.05 * 1.05 ? '#000000' : '#ffffff';
}

function fromHsl(hue: number, saturation: number, lightness: number): string {
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    const value = lightness - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}
