/** The place in a list that a digit key stands for: 1-9, 0; Shift 11-20, Shift Alt 21-30. */
export function placeOfDigit(event: { code: string; shiftKey: boolean; altKey: boolean }) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  if (digit === undefined) return null;
  const place = (Number(digit) + 9) % 10;
  if (event.shiftKey && event.altKey) return place + 20;
  return event.shiftKey ? place + 10 : place;
}

/** What is written beside the thing that `placeOfDigit` finds at a place; nothing where no digit does. */
export function keyOfPlace(place: number): string {
  if (place >= 30) return '';
  const digit = (place + 1) % 10;
  return `${place < 10 ? '' : place < 20 ? '⇧' : '⇧⌥'}${digit}`;
}
