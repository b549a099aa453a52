import { useState } from 'react';
import type { Option } from '@/lib/datasets';

type Id = Option['id'];

/** What is picked on the preview: a second pick takes it back, and one of one replaces the other. */
export function useChosen(style: 'single' | 'multiple'): [Id[], (id: Id) => void] {
  const [chosen, setChosen] = useState<Id[]>([]);
  const shown = style === 'single' ? chosen.slice(-1) : chosen;
  const choose = (id: Id) => {
    const others = shown.filter((each) => each !== id);
    if (others.length < shown.length) setChosen(others);
    else setChosen(style === 'single' ? [id] : [...shown, id]);
  };
  return [shown, choose];
}
