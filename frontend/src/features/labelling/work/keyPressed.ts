import { placeOfDigit } from '@/lib/digits';
import { nameOf } from '@/lib/useKeys';
import type { Press } from '@/lib/useKeys';

const NO_KEYS = ['shift', 'control', 'alt', 'altgraph', 'meta', 'capslock', 'dead', 'process'];

/**
 * The key that somebody presses to give it to an action; null where it cannot be one. A key of the
 * digits' row is its digit whatever is printed on it: labels are picked by its place.
 */
export function keyPressed(event: Press & { code: string }): string | null {
  if (NO_KEYS.includes(event.key.toLowerCase())) return null;
  const place = placeOfDigit({ code: event.code, shiftKey: false, altKey: false });
  const held = event.ctrlKey || event.metaKey;
  return place === null || held ? nameOf(event) : String((place + 1) % 10);
}
