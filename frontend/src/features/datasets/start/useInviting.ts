import { useState } from 'react';
import { useMe } from '@/lib/me';
import type { Draft, Invitee, Typed } from './draft';
import { type Fault, invited } from './inviting';

export interface Inviting {
  readonly typed: Typed;
  /** Why what is typed is not on the list. */
  readonly fault: Fault | null;
  readonly type: (typed: Typed) => void;
  /** Puts what is typed on the list and returns that; null if not all of it could be added. */
  readonly add: () => readonly Invitee[] | null;
}

/** Who is typed to be on the draft's list of people. */
export function useInviting(draft: Draft, change: (part: Partial<Draft>) => void): Inviting {
  const { email: self } = useMe();
  const [fault, setFault] = useState<Fault | null>(null);
  const { people, typed } = draft;
  return {
    typed,
    fault: typed.text === '' ? null : fault,
    type: (next) => {
      setFault(null);
      change({ typed: next });
    },
    add: () => {
      if (typed.text.trim() === '') return people;
      const next = invited(people, typed, self);
      setFault(next.fault);
      change({ people: next.people, typed: { ...typed, text: next.left } });
      return next.fault ? null : next.people;
    },
  };
}
