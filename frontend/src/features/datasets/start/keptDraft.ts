import { useRef, useState } from 'react';
import { useMe } from '@/lib/me';
import { type Draft, EMPTY } from './draft';

const placeOf = (person: string) => `concord-new-dataset-${person}`;

/** The draft that this person left on this machine; an empty one if none can be read. */
export function keptDraft(person: string): Draft {
  try {
    const text = localStorage.getItem(placeOf(person));
    if (text === null) return EMPTY;
    const kept = JSON.parse(text) as Partial<Draft>;
    return { ...EMPTY, ...kept, dataset: { ...EMPTY.dataset, ...kept.dataset } };
  } catch {
    return EMPTY;
  }
}

export function keepDraft(person: string, draft: Draft | null): void {
  try {
    if (draft === null) localStorage.removeItem(placeOf(person));
    else localStorage.setItem(placeOf(person), JSON.stringify(draft));
  } catch {
    // A full or forbidden storage: it lasts as long as the page, then.
  }
}

/** What this person is about to make. It outlives the page until it is made or dropped. */
export function useDraft() {
  const { id } = useMe();
  const [draft, setDraft] = useState(() => keptDraft(id));
  // Who changes it late, when a slow request is over, changes what is there by then.
  const latest = useRef(draft);
  const put = (next: Draft) => {
    latest.current = next;
    setDraft(next);
  };
  return {
    draft,
    change: (part: Partial<Draft>) => {
      const next = { ...latest.current, ...part };
      keepDraft(id, next);
      put(next);
    },
    /** Once it is made. What is on the page stays there. */
    forget: () => keepDraft(id, null),
    startOver: () => {
      keepDraft(id, null);
      put(EMPTY);
    },
  };
}
