import { useState } from 'react';
import type { Acts } from '@/lib/bindings';

/** What can be opened beside the work. */
export type Side = 'guideline';

export interface Sides {
  readonly open: Side | null;
  readonly toggle: (side: Side) => void;
  readonly acts: Acts;
}

/** One panel beside the work at a time; it stays from task to task. */
export function useSides(): Sides {
  const [open, setOpen] = useState<Side | null>(null);
  const toggle = (side: Side) => setOpen((now) => (now === side ? null : side));
  return { open, toggle, acts: { guideline: () => toggle('guideline') } };
}
