import type { Shape } from './shapes';
import { acceptedWhereEdited } from './suggestions';

/** What is said of the image beside its shapes, by name. */
export type Values = Readonly<Record<string, unknown>>;

/** Everything that undo brings back. Immutable: an edit makes a new one and shares what it kept. */
export interface DocumentState {
  readonly shapes: readonly Shape[];
  /** Ids of the selected shapes, in the order of selecting. */
  readonly selection: readonly string[];
  readonly values: Values;
}

export type Cause = 'edit' | 'undo' | 'redo';

const EMPTY: DocumentState = { shapes: [], selection: [], values: {} };

/** One step of the history: the state on its other side, and where the person was looking at it. */
interface Step<Where> {
  readonly state: DocumentState;
  readonly where: Where;
}

/**
 * The shapes of one image with their history. A gesture previews as often as it likes and becomes
 * one step when it completes; cancelled, it was never there. Each step keeps what `where` said when
 * it was made, and `undo` and `redo` of it give that back.
 */
export class DocumentStore<Where = unknown> {
  /** What made the last revision. */
  cause: Cause = 'edit';
  private committed: DocumentState = EMPTY;
  private previewed: DocumentState | null = null;
  private past: Step<Where>[] = [];
  private future: Step<Where>[] = [];
  private mergeKey: string | null = null;
  private edits = 0;
  private readonly changed: () => void;
  private readonly where: () => Where;

  constructor(changed: () => void, where: () => Where) {
    this.changed = changed;
    this.where = where;
  }

  /** What is seen now, an unfinished gesture included. */
  get state(): DocumentState {
    return this.previewed ?? this.committed;
  }

  /** Without the unfinished gesture: what may be saved. */
  get settled(): DocumentState {
    return this.committed;
  }

  /** Grows with every committed change of shapes and values; loading starts at 0. */
  get revision(): number {
    return this.edits;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** Starts anew: no history, nothing selected. */
  load(shapes: readonly Shape[], values: Values = {}): void {
    this.committed = { shapes, selection: [], values };
    this.previewed = null;
    this.past = [];
    this.future = [];
    this.mergeKey = null;
    this.edits = 0;
    this.changed();
  }

  /**
   * One undo step, unless shapes and values are the same. Edits in a row with the same `mergeKey` share a
   * step: holding an arrow key is one nudge.
   */
  edit(next: DocumentState, mergeKey: string | null = null): void {
    this.previewed = null;
    if (next.shapes === this.committed.shapes && next.values === this.committed.values) {
      this.select(next.selection);
      return;
    }
    if (mergeKey === null || mergeKey !== this.mergeKey) {
      this.past.push({ state: this.committed, where: this.where() });
    }
    this.committed = acceptedWhereEdited(this.committed, next);
    this.mergeKey = mergeKey;
    this.future = [];
    this.edits += 1;
    this.cause = 'edit';
    this.changed();
  }

  /** Selecting is no step of its own; undo brings back the selection of the step before. */
  select(selection: readonly string[]): void {
    this.committed = { ...this.committed, selection };
    this.mergeKey = null;
    this.changed();
  }

  preview(next: DocumentState): void {
    this.previewed = next;
    this.changed();
  }

  /** Makes the previewed state a step. */
  complete(): void {
    if (this.previewed) this.edit(this.previewed);
  }

  /** Forgets the previewed state. */
  cancel(): void {
    if (!this.previewed) return;
    this.previewed = null;
    this.changed();
  }

  /** The step that was taken back; null when there is none. */
  undo(): Step<Where> | null {
    return this.travel('undo', this.past, this.future);
  }

  redo(): Step<Where> | null {
    return this.travel('redo', this.future, this.past);
  }

  private travel(cause: Cause, from: Step<Where>[], to: Step<Where>[]): Step<Where> | null {
    const step = from.pop();
    if (!step) return null;
    this.cause = cause;
    to.push({ ...step, state: this.committed });
    this.committed = step.state;
    this.previewed = null;
    this.mergeKey = null;
    this.edits += 1;
    this.changed();
    return step;
  }
}
