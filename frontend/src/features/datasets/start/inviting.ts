import type { Role } from '@/lib/datasets';
import type { Invitee } from './draft';

/** Why somebody who was typed is not on the list. */
export interface Fault {
  readonly code: 'address' | 'self' | 'twice';
  readonly email: string;
}

/**
 * The people with those in `text`, one address or several with commas, blanks or lines between. The
 * first that cannot be added, and all after it, are left out and told as `fault`.
 */
export function invited(
  people: readonly Invitee[],
  text: string,
  { role, self }: { role: Role; self: string },
): { people: Invitee[]; fault: Fault | null } {
  const all = [...people];
  for (const typed of text.split(/[\s,;]+/).filter(Boolean)) {
    const email = typed.normalize('NFKC').toLowerCase();
    const code = faultOf(email, all, self);
    if (code) return { people: all, fault: { code, email: typed } };
    all.push({ email, role });
  }
  return { people: all, fault: null };
}

function faultOf(email: string, all: readonly Invitee[], self: string): Fault['code'] | null {
  if (!/^[^@]+@[^@]+$/.test(email)) return 'address';
  if (email === self.toLowerCase()) return 'self';
  return all.some((each) => each.email === email) ? 'twice' : null;
}
