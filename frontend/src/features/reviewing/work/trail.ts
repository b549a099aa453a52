import type { Decision } from '../api/reviews';

/** One thing that a reviewer did, with what follows from it: a word on a conflict, or the word that ended a review. */
export interface Act {
  readonly task: string;
  /** Null where the task as a whole was meant. */
  readonly conflict: string | null;
  readonly decisions: readonly Decision[];
  /** How it ended the review, if it did. */
  readonly end: 'closed' | 'sent_back' | null;
}

/** What was done in this session, across tasks, and what of it was taken back. */
export class Trail {
  private past: Act[] = [];
  private future: Act[] = [];

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  add(act: Act): void {
    this.past.push(act);
    this.future = [];
  }

  undo(): Act | undefined {
    const act = this.past.pop();
    if (act) this.future.push(act);
    return act;
  }

  redo(): Act | undefined {
    const act = this.future.pop();
    if (act) this.past.push(act);
    return act;
  }

  /** What was done to a task cannot be taken back any more. */
  forget(task: string): void {
    this.past = this.past.filter((act) => act.task !== task);
    this.future = this.future.filter((act) => act.task !== task);
  }

  /** Conflicts of a task have new names; what was said of those without one is history. */
  rename(task: string, names: ReadonlyMap<string, string>): void {
    const renamed = (acts: readonly Act[]) =>
      acts.flatMap((act) => {
        if (act.task !== task) return [act];
        const conflict = act.conflict === null ? undefined : names.get(act.conflict);
        if (conflict === undefined || act.end === 'sent_back') return [];
        const decisions = act.decisions.flatMap((each) => {
          const name = names.get(each.conflict ?? '');
          return name === undefined ? [] : [{ ...each, conflict: name }];
        });
        return [{ ...act, conflict, decisions, end: null }];
      });
    this.past = renamed(this.past);
    this.future = [];
  }
}
