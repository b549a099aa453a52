import type { PersonToCall } from '@/lib/threads';

/** What is being typed after an `@`, up to the caret; null where nobody is being called. */
export function begunCall(text: string, caret: number): string | null {
  return /(?:^|\s)@([^@\n]{0,40})$/.exec(text.slice(0, caret))?.[1] ?? null;
}

/** Whom what is being typed may mean: those with a word that begins so. */
export function calledBy(begun: string, people: readonly PersonToCall[]): PersonToCall[] {
  const wanted = begun.toLowerCase();
  return people.filter(
    ({ word }) => ` ${word.toLowerCase()}`.includes(` ${wanted}`) && word.toLowerCase() !== wanted,
  );
}

/** The text with the person in place of what was begun, and where the caret goes. */
export function complete(text: string, caret: number, { word }: PersonToCall) {
  const begun = begunCall(text, caret) ?? '';
  const before = `${text.slice(0, caret - begun.length)}${word} `;
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length };
}

/** Keys of those whom a text calls; of two words, one within the other, the longer one counts. */
export function mentionsIn(text: string, people: readonly PersonToCall[]): string[] {
  const longest = [...people].sort((one, other) => other.word.length - one.word.length);
  const keys: string[] = [];
  let left = text;
  for (const { key, word } of longest) {
    const call = new RegExp(`@${escaped(word)}(?![\\p{L}\\p{N}])`, 'gu');
    if (!call.test(left)) continue;
    keys.push(key);
    left = left.replace(call, '\n');
  }
  return keys;
}

/** A text in parts, those that call somebody apart. */
export function partsOf(text: string, words: readonly string[]): { text: string; call: boolean }[] {
  if (words.length === 0) return [{ text, call: false }];
  const longest = [...words].sort((one, other) => other.length - one.length);
  const calls = new RegExp(`(@(?:${longest.map(escaped).join('|')})(?![\\p{L}\\p{N}]))`, 'u');
  return text
    .split(calls)
    .map((part, place) => ({ text: part, call: place % 2 === 1 }))
    .filter((part) => part.text !== '');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
