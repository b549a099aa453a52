import { useState } from 'react';
import type { Acts } from '@/lib/bindings';

/** What can be opened beside the work. */
export type Side = 'guideline' | 'history' | 'threads';

export interface Sides<Open extends Side = Side> {
  readonly open: Open | null;
  readonly toggle: (side: Open) => void;
  readonly close: () => void;
  readonly acts: Acts;
}

/** One panel beside the work at a time, of those that a page has; it stays from task to task. */
export function useSides<Open extends Side>(...sides: readonly Open[]): Sides<Open> {
  const [open, setOpen] = useState<Open | null>(null);
  const toggle = (side: Open) => setOpen((now) => (now === side ? null : side));
  const acts: Acts = Object.fromEntries(sides.map((side) => [side, () => toggle(side)]));
  return { open, toggle, close: () => setOpen(null), acts };
}
