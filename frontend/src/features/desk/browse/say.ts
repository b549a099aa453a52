import type { Act } from '../api/acts';

export type Saying = Extract<Act, { act: 'answer' }>;

/** What is said of some tasks at once. */
export interface Batch {
  readonly tasks: readonly string[];
  readonly saying: Saying;
  /** As the tiles show it. */
  readonly text: string;
}

/** So long what was said last can be taken back, ms: afterwards it is sent. */
export const HELD = 6_000;

/** Holds what was said until it is surely meant. A press gives all before it a little more time. */
export class Outbox {
  private readonly deliver: (batch: Batch) => void;
  private readonly onChange: (batches: readonly Batch[]) => void;
  private batches: Batch[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deliver: (batch: Batch) => void, onChange: (batches: readonly Batch[]) => void) {
    this.deliver = deliver;
    this.onChange = onChange;
  }

  say(batch: Batch): void {
    const anew = new Set(batch.tasks);
    // Who says something else of a task has not meant what was said before.
    const kept = this.batches
      .map((each) => ({ ...each, tasks: each.tasks.filter((task) => !anew.has(task)) }))
      .filter(({ tasks }) => tasks.length > 0);
    this.hold([...kept, batch]);
  }

  /** Takes back what was said last, and returns it; undefined where nothing is held any more. */
  undo(): Batch | undefined {
    const last = this.batches.at(-1);
    if (last) this.hold(this.batches.slice(0, -1));
    return last;
  }

  /** Sends all at once: the page is left. */
  flush(): void {
    const batches = this.batches;
    this.hold([]);
    for (const batch of batches) this.deliver(batch);
  }

  private hold(batches: Batch[]): void {
    clearTimeout(this.timer);
    this.batches = batches;
    this.onChange(batches);
    if (batches.length > 0) this.timer = setTimeout(() => this.flush(), HELD);
  }
}
