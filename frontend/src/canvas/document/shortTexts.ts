/**
 * One or two letters for each name, none given twice while any are left: the last digits of "class
 * 57", the initials of "traffic light", otherwise the first letter of a name and a later one.
 */
export function shortTexts(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const wanted = candidates(name);
    const text = wanted.find((each) => !taken.has(each)) ?? wanted[0] ?? '';
    taken.add(text);
    return text;
  });
}

const SPARE = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

function candidates(name: string): string[] {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const [first = '', ...later] = [...words.join('')];
  const number = /\d{1,2}$/.exec(name)?.[0];
  const initials = words.slice(0, 2).map((word) => [...word][0]);
  const pairs = [...later, ...SPARE].map((letter) => first + letter);
  const all = [...(initials.length === 2 ? [initials.join('')] : []), ...pairs];
  return [...(number === undefined ? [] : [number]), ...all.map((text) => text.toUpperCase())];
}
