import type { Rect } from './rect';

export const TAG_HEIGHT = 18;
export const TAG_FONT = '12px system-ui, sans-serif';
export const TAG_PADDING = 5;
const LONGEST = 28;
/** Widest tag that tagText can give, CSS px. */
export const TAG_REACH = LONGEST * 12 + 2 * TAG_PADDING;

export function tagText(label: string, layer = ''): string {
  const text = layer ? `${layer} ${label}` : label;
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/**
 * An estimate, so that what is drawn and what can be clicked agree without asking the browser; the
 * text is squeezed into it. Full-width scripts start near U+1100.
 */
export function tagWidth(text: string): number {
  let width = 2 * TAG_PADDING;
  for (const letter of text) width += letter > '\u1100' ? 12 : 7;
  return width;
}

/**
 * Where the tag of `box` (screen pixels) lies: on its top left corner, pulled into the view when the
 * corner is out of sight. Tags of several layers on the same object stack up by `row`.
 */
export function tagBox(box: Rect, text: string, row = 0): Rect {
  const x = Math.max(box.x, 0);
  const above = box.y - TAG_HEIGHT * (row + 1);
  const y = above >= 0 ? above : Math.max(box.y, 0) + TAG_HEIGHT * row;
  return { x, y, width: tagWidth(text), height: TAG_HEIGHT };
}

/** A tag that would hide more than it says, twice as wide as its box, waits to be asked for. */
export function tagSuits(box: Rect, text: string): boolean {
  return box.width * 2 >= tagWidth(text);
}
