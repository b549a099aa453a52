/** Versions are told apart by colour and dash; label colours would not show who said what. */
const STROKES = [
  { colour: '#56b4e9', dash: [8, 4] },
  { colour: '#e69f00', dash: [3, 3] },
  { colour: '#cc79a7', dash: [12, 3, 3, 3] },
  { colour: '#009e73', dash: [6, 2] },
  { colour: '#f0e442', dash: [2, 4] },
] as const;

export type Stroke = (typeof STROKES)[number];

/** The stroke of the n-th version, from 0 on. */
export function strokeAt(place: number): Stroke {
  return STROKES[Math.max(place, 0) % STROKES.length] ?? STROKES[0];
}

/** The stroke of a letter: A has the first one. */
export function strokeOf(letter: string): Stroke {
  return strokeAt(letter.charCodeAt(0) - 'A'.charCodeAt(0));
}
