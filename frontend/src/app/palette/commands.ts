/** One thing that the palette leads to or does. */
export interface Command {
  id: string;
  text: string;
  /** What kind of thing it is, or where. */
  detail: string;
  run: () => void;
}

/**
 * Those that have every word of `typed` somewhere in them, those that begin with it first; all
 * where nothing is typed.
 */
export function matching(commands: readonly Command[], typed: string): Command[] {
  const sought = plain(typed).trim();
  const words = sought.split(/\s+/).filter(Boolean);
  const found = commands.filter(({ text, detail }) => {
    const said = plain(`${text} ${detail}`);
    return words.every((word) => said.includes(word));
  });
  const begins = ({ text }: Command) => plain(text).startsWith(sought);
  return [...found.filter(begins), ...found.filter((command) => !begins(command))];
}

/** Without capitals and accents: nobody types those to find something. */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
