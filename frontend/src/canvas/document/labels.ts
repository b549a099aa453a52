import type { Attribute } from './attributes';
import { shortTexts } from './shortTexts';

/** A label as the dataset's settings know it. */
export interface Label {
  readonly name: string;
  readonly colour?: string | undefined;
  /** What is asked of each of its shapes. */
  readonly attributes?: readonly Attribute[] | undefined;
}

/** How shapes of a label are drawn. Beyond nine labels the dash tells them apart, and a short text. */
export interface LabelStyle {
  readonly name: string;
  readonly colour: string;
  /** Lengths of strokes and gaps in CSS px; empty for a solid line. */
  readonly dash: readonly number[];
  /** Stands for the name where there is no room for it; empty for the first nine. */
  readonly short: string;
}

// Okabe and Ito's palette, which colour-blind people can tell apart, then one neutral.
const PALETTE = [
  '#56b4e9',
  '#e69f00',
  '#009e73',
  '#f0e442',
  '#cc79a7',
  '#d55e00',
  '#0072b2',
  '#a6a6a6',
  '#8dd3c7',
] as const;

const DASHES: readonly (readonly number[])[] = [
  [10, 4],
  [3, 3],
  [12, 3, 3, 3],
];
const NO_DASH: readonly number[] = [];
const GOLDEN_ANGLE = 137.508;

/** A label that the settings no longer list keeps being drawn, in grey dots. */
export const RETIRED: LabelStyle = { name: '', colour: '#bdbdbd', dash: [2, 4], short: '' };

export function styleOf(
  labels: ReadonlyMap<string, LabelStyle>,
  { label }: { readonly label: string },
): LabelStyle {
  return labels.get(label) ?? RETIRED;
}

export function defaultColour(index: number): string {
  const hue = Math.round((index * GOLDEN_ANGLE) % 360);
  return PALETTE[index] ?? `oklch(0.78 0.13 ${String(hue)})`;
}

export function styleLabels(labels: readonly Label[]): Map<string, LabelStyle> {
  const shorts = shortTexts(labels.slice(PALETTE.length).map(({ name }) => name));
  return new Map(
    labels.map(({ name, colour }, index) => {
      const short = shorts[index - PALETTE.length] ?? '';
      return [name, { name, colour: colour ?? defaultColour(index), dash: dashOf(index), short }];
    }),
  );
}

function dashOf(index: number): readonly number[] {
  const round = Math.floor(index / PALETTE.length);
  return (round > 0 && DASHES[(round - 1) % DASHES.length]) || NO_DASH;
}
