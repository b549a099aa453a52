import { useEffect, useMemo, useRef } from 'react';
import type { ListStore } from './listStore';
import type { Press } from './Row';
import { choose, drop, extend, goTo, stay, toggle } from './selection';
import type { Selection } from './selection';

/** What pointer and arrows do to the selection of a list. */
export function useSelecting(store: ListStore, ids: readonly string[]) {
  const last = useRef(ids);
  useEffect(() => {
    const was = last.current;
    last.current = ids;
    store.setState(({ selection }) => ({ selection: stay(selection, was, ids) }));
  }, [store, ids]);
  return useMemo(() => {
    const change = (to: (before: Selection) => Selection) => {
      store.setState(({ selection }) => ({ selection: to(selection) }));
    };
    return {
      focus: (id: string) => {
        if (store.getState().selection.focus !== id) change((before) => goTo(before, id));
      },
      go: (id: string, extends_: boolean) => {
        change((before) => (extends_ ? extend(ids, before, id) : goTo(before, id)));
      },
      press: (id: string, press: Press) => {
        if (press === 'toggle') change((before) => toggle(before, id));
        else if (press === 'extend') change((before) => extend(ids, before, id));
        else change((before) => goTo(before, id));
      },
      all: () => {
        change((before) => ({ ...choose(before, ids), all: true }));
      },
      drop: () => {
        change(drop);
      },
      edge: (from: 'start' | 'end') => {
        store.setState(({ selection }) => ({ from, selection: { ...selection, focus: null } }));
        if (from === 'start') window.scrollTo({ top: 0 });
      },
    };
  }, [store, ids]);
}
