/** Colours that labels get by themselves, the same series as in apps/datasets/colours.py. */
const FIRST = [
  '#e69f00',
  '#56b4e9',
  '#009e73',
  '#f0e442',
  '#0072b2',
  '#d55e00',
  '#cc79a7',
  '#e0e0e0',
  '#c7ffbb',
] as const;

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const LIGHTNESSES = [0.72, 0.77, 0.67] as const;
/** So many colours have one lightness, then the next: a circle has only so many in 8 bits. */
const ROUND = 200;
const CHROMA = 0.11;

/** The colour of the n-th label: nine for every colour vision, then hues of equal lightness. */
export function labelColour(n: number): string {
  const step = n - FIRST.length;
  const lightness = LIGHTNESSES[Math.floor(step / ROUND) % LIGHTNESSES.length] ?? LIGHTNESSES[0];
  return FIRST[n] ?? oklchHex(lightness, CHROMA, step * GOLDEN_ANGLE);
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

/** OKLCH as #rrggbb; `hue` in radians. Matrices by Ottosson. */
function oklchHex(lightness: number, chroma: number, hue: number): string {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
  return `#${linear.map(encoded).join('')}`;
}

/** One channel of sRGB in two digits. */
function encoded(linear: number): string {
  const value = Math.min(Math.max(linear, 0), 1);
  const bent = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
  return Math.round(bent * 255)
    .toString(16)
    .padStart(2, '0');
}
