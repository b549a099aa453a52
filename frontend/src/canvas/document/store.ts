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

const EMPTY: DocumentState = { shapes: [], selection: [], values: {} };

/**
 * The shapes of one image with their history. A gesture previews as often as it likes and becomes
 * one step when it completes; cancelled, it was never there.
 */
export class DocumentStore {
  private committed: DocumentState = EMPTY;
  private previewed: DocumentState | null = null;
  private past: DocumentState[] = [];
  private future: DocumentState[] = [];
  private mergeKey: string | null = null;
  private edits = 0;
  private readonly changed: () => void;

  constructor(changed: () => void) {
    this.changed = changed;
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
    if (mergeKey === null || mergeKey !== this.mergeKey) this.past.push(this.committed);
    this.committed = acceptedWhereEdited(this.committed, next);
    this.mergeKey = mergeKey;
    this.future = [];
    this.edits += 1;
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

  undo(): boolean {
    return this.travel(this.past, this.future);
  }

  redo(): boolean {
    return this.travel(this.future, this.past);
  }

  private travel(from: DocumentState[], to: DocumentState[]): boolean {
    const next = from.pop();
    if (!next) return false;
    to.push(this.committed);
    this.committed = next;
    this.previewed = null;
    this.mergeKey = null;
    this.edits += 1;
    this.changed();
    return true;
  }
}
