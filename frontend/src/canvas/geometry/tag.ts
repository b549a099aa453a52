import type { Rect } from './rect';

// Sizes are those of the letters, CSS px.

export const TAG_PADDING = 5;
const LONGEST = 28;

export function tagFont(size: number): string {
  return `${String(size)}px system-ui, sans-serif`;
}

export function tagHeight(size: number): number {
  return size + 6;
}

/** Widest tag that tagText can give, CSS px. */
export function tagReach(size: number): number {
  return LONGEST * size + 2 * TAG_PADDING;
}

export function tagText(label: string, layer = ''): string {
  const text = layer ? `${layer} ${label}` : label;
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/**
 * An estimate, so that what is drawn and what can be clicked agree without asking the browser; the
 * text is squeezed into it. Full-width scripts start near U+1100.
 */
export function tagWidth(text: string, size: number): number {
  let width = 2 * TAG_PADDING;
  for (const letter of text) width += letter > '\u1100' ? size : (size * 7) / 12;
  return width;
}

/**
 * Where the tag of `box` (screen pixels) lies: on its top left corner, pulled into the view when the
 * corner is out of sight. Tags of several layers on the same object stack up by `row`.
 */
export function tagBox(box: Rect, text: string, size: number, row = 0): Rect {
  const height = tagHeight(size);
  const x = Math.max(box.x, 0);
  const above = box.y - height * (row + 1);
  const y = above >= 0 ? above : Math.max(box.y, 0) + height * row;
  return { x, y, width: tagWidth(text, size), height };
}

/** A tag that would hide more than it says, twice as wide as its box, waits to be asked for. */
export function tagSuits(box: Rect, text: string, size: number): boolean {
  return box.width * 2 >= tagWidth(text, size);
}
