import type { Invitee, Typed } from './draft';

/** Why somebody who was typed is not on the list. */
export interface Fault {
  readonly code: 'address' | 'self' | 'twice';
  readonly email: string;
}

/**
 * The people with those in `text`, one address or several with commas, blanks or lines between. The
 * first that cannot be added is told as `fault`; it and all after it are what is `left` of the text.
 */
export function invited(
  people: readonly Invitee[],
  { text, role }: Typed,
  self: string,
): { people: Invitee[]; left: string; fault: Fault | null } {
  const all = [...people];
  const words = text.split(/[\s,;]+/).filter(Boolean);
  for (const [at, typed] of words.entries()) {
    const email = typed.normalize('NFKC').toLowerCase();
    const code = faultOf(email, all, self);
    if (code)
      return { people: all, left: words.slice(at).join(', '), fault: { code, email: typed } };
    all.push({ email, role });
  }
  return { people: all, left: '', fault: null };
}

function faultOf(email: string, all: readonly Invitee[], self: string): Fault['code'] | null {
  if (!/^[^@]+@[^@]+$/.test(email)) return 'address';
  if (email === self.toLowerCase()) return 'self';
  return all.some((each) => each.email === email) ? 'twice' : null;
}
