import { createStore } from 'zustand';
import type { StoreApi } from 'zustand';
import type { Wanted } from '../api/tasks';
import { NOTHING } from './selection';
import type { Selection } from './selection';

export interface ListState {
  readonly selection: Selection;
  /** From which end the list is read. */
  readonly from: 'start' | 'end';
  /** What was said of tasks here, until their rows say it. */
  readonly said: ReadonlyMap<string, string>;
  /** How many of those are not sent yet. */
  readonly held: number;
}

export type ListStore = StoreApi<ListState>;

let kept: { key: string; store: ListStore } | null = null;

/** What one list remembers while its page is left for that of a task: until there is another list. */
export function listStore(slug: string, wanted: Wanted): ListStore {
  const key = JSON.stringify([slug, wanted]);
  if (kept?.key !== key) kept = { key, store: createStore(begin) };
  return kept.store;
}

function begin(): ListState {
  return { selection: NOTHING, from: 'start', said: new Map(), held: 0 };
}
