import { DRAWING } from '../drawing';
import type { Kind } from '../drawing';
import type { Attribute } from './attributes';
import { shortTexts } from './shortTexts';

/** A label as the dataset's settings know it. */
export interface Label {
  readonly name: string;
  readonly colour?: string | undefined;
  /** The kinds of shapes that may have it; by default all. */
  readonly shapes?: readonly Kind[] | undefined;
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

const KINDS = DRAWING.shapes;
/** So many labels are told apart by their colours alone. */
const PLAIN = 9;
const DASHES: readonly (readonly number[])[] = [
  [10, 4],
  [3, 3],
  [12, 3, 3, 3],
];
const NO_DASH: readonly number[] = [];

/** A label that the settings no longer list keeps being drawn, in grey dots. */
export const RETIRED: LabelStyle = { name: '', colour: '#bdbdbd', dash: [2, 4], short: '' };

export function styleOf(
  labels: ReadonlyMap<string, LabelStyle>,
  { label }: { readonly label: string },
): LabelStyle {
  return labels.get(label) ?? RETIRED;
}

export function styleLabels(labels: readonly Label[]): Map<string, LabelStyle> {
  const shorts = shortTexts(labels.slice(PLAIN).map(({ name }) => name));
  return new Map(
    labels.map(({ name, colour = RETIRED.colour }, index) => {
      const short = shorts[index - PLAIN] ?? '';
      return [name, { name, colour, dash: dashOf(index), short }];
    }),
  );
}

/** Of the labels that are not for all kinds of shapes, those that they are for. */
export function kindsOf(labels: readonly Label[]): Map<string, readonly Kind[]> {
  const bound = labels.filter(({ shapes = KINDS }) => shapes.length < KINDS.length);
  return new Map(bound.map(({ name, shapes = KINDS }) => [name, shapes]));
}

function dashOf(index: number): readonly number[] {
  const round = Math.floor(index / PLAIN);
  return (round > 0 && DASHES[(round - 1) % DASHES.length]) || NO_DASH;
}
