import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { preloadImage } from '@/canvas-react';
import type { WrittenSpan } from '@/canvas';
import { oneAtATime } from '@/lib/oneAtATime';
import { preloadTiles } from '@/lib/tiles';
import { nextReviews, sendDecisions } from '../api/reviews';
import type { Conflict, Decision, NoReview, ReviewTask } from '../api/reviews';
import { decidedBefore, needsCoverage, nextOpen } from './proposal';
import type { Decided } from './proposal';

/** Tasks held at a time: the one on the screen, and those whose images are being fetched. */
const HELD = 3;

/** Stepping through conflicts, or looking whether anything was missed. */
export type Step = 'conflicts' | 'coverage';

export interface ReviewState {
  /** The first one is on the screen. */
  readonly tasks: readonly ReviewTask[];
  readonly step: Step;
  /** The conflict on the screen. */
  readonly place: number;
  readonly decided: Decided;
  readonly loading: boolean;
  /** The last task could not be closed, or nothing could be fetched. */
  readonly error: unknown;
  readonly reason: NoReview | null;
  readonly left: number;
  readonly closed: number;
  readonly sending: number;
}

const START: ReviewState = {
  tasks: [],
  step: 'conflicts',
  place: 0,
  decided: new Map(),
  loading: true,
  error: null,
  reason: null,
  left: 0,
  closed: 0,
  sending: 0,
};

/** One reviewer's way through the conflicts of a dataset. Decisions are sent as they are made. */
export class Reviews {
  readonly store: StoreApi<ReviewState> = createStore(() => START);
  private readonly slug: string;
  private trail: string[] = [];
  private queue: Promise<void> = Promise.resolve();
  private readonly closing = new Set<string>();

  /** Asks for reviews. */
  readonly refill = oneAtATime(() => this.fetch());

  constructor(slug: string) {
    this.slug = slug;
  }

  get task(): ReviewTask | undefined {
    return this.state.tasks[0];
  }

  get conflict(): Conflict | undefined {
    return this.state.step === 'conflicts' ? this.task?.conflicts[this.state.place] : undefined;
  }

  get canUndo(): boolean {
    return this.trail.length > 0;
  }

  /** Takes a decision on the conflict on the screen and goes on to the next. */
  decide(decision: Decision): void {
    const { task, conflict } = this;
    if (!task || !conflict) return;
    this.trail.push(conflict.id);
    const decided = new Map(this.state.decided).set(conflict.id, decision);
    this.set({ decided, error: null });
    const next = nextOpen(task, decided, this.state.place);
    if (next !== undefined) {
      this.set({ place: next });
      this.send(task, [decision], false);
    } else if (needsCoverage(task)) {
      this.set({ step: 'coverage' });
      this.send(task, [decision], false);
    } else this.close(task, [decision]);
  }

  /** Ends the look at the whole image: `missed` are shapes that nobody drew. */
  complete(missed: readonly WrittenSpan[]): void {
    const { task } = this;
    if (!task) return;
    const left = nextOpen(task, this.state.decided, -1);
    if (left !== undefined) this.go(left);
    else {
      const added = missed.map((span): Decision => ({ conflict: null, action: 'edit', span }));
      this.close(task, added);
    }
  }

  /** The final answer is reject, whatever else was said. */
  reject(): void {
    if (this.task) this.close(this.task, [{ conflict: null, action: 'reject' }]);
  }

  /** Ends this review without a final answer: back to an author, or on to another reviewer. */
  handOver(action: 'send_back' | 'escalate', reason: string, version?: string): void {
    const { task } = this;
    if (!task) return;
    this.leave(task);
    const decision: Decision = { conflict: null, action, reason, version: version ?? null };
    this.send(task, [decision], false, () => this.closing.delete(task.id));
  }

  /** Takes the last decision in this task back. */
  undo(): void {
    const { task } = this;
    const id = this.trail.pop();
    if (!task || id === undefined) return;
    const decided = new Map(this.state.decided);
    decided.delete(id);
    const place = task.conflicts.findIndex((conflict) => conflict.id === id);
    this.set({ decided, place: Math.max(place, 0), step: 'conflicts' });
    this.send(task, [{ conflict: id, action: 'reset' }], false);
  }

  go(place: number): void {
    const count = this.task?.conflicts.length ?? 0;
    if (count > 0) this.set({ place: (place + count) % count, step: 'conflicts' });
  }

  look(): void {
    if (this.task?.interface === 'image_manual') this.set({ step: 'coverage' });
  }

  /** Forgets what is on the page and asks anew, after somebody else changed it. */
  async reload(): Promise<void> {
    await this.queue;
    this.closing.clear();
    this.set({ ...START, closed: this.state.closed });
    await this.refill();
  }

  private close(task: ReviewTask, decisions: readonly Decision[]): void {
    this.leave(task);
    this.set({ closed: this.state.closed + 1, left: Math.max(this.state.left - 1, 0) });
    this.send(task, decisions, true, () => this.closing.delete(task.id));
  }

  private leave(task: ReviewTask): void {
    this.closing.add(task.id);
    this.show(this.state.tasks.slice(1));
  }

  /** One after the other: a decision must not overtake the one before it. */
  private send(
    task: ReviewTask,
    decisions: readonly Decision[],
    final: boolean,
    done: () => void = () => undefined,
  ): void {
    this.set({ sending: this.state.sending + 1 });
    this.queue = this.queue
      .then(() => sendDecisions(task, decisions, final))
      .then(done)
      .catch((error: unknown) => {
        // It comes back with what the server knows of it.
        this.closing.delete(task.id);
        this.show([]);
        this.set({ error, ...(final && { closed: this.state.closed - 1 }) });
      })
      .then(() => {
        this.set({ sending: this.state.sending - 1 });
        if (this.state.sending === 0) void this.refill();
      });
  }

  private async fetch(): Promise<void> {
    if (this.state.tasks.length >= HELD) return;
    try {
      // The reply may name what has been closed since the request went out.
      const before = this.seen();
      const reply = await nextReviews(this.slug, HELD + this.closing.size);
      const now = this.seen();
      const fresh = reply.tasks.filter(({ id }) => !before.has(id) && !now.has(id));
      for (const { images } of fresh) {
        if (images[0]?.tile) preloadTiles(images);
        else for (const image of images) void preloadImage(image).catch(() => undefined);
      }
      if (this.state.tasks.length === 0) this.show(fresh);
      else this.set({ tasks: [...this.state.tasks, ...fresh] });
      const idle = this.state.tasks.length === 0 && this.closing.size === 0;
      this.set({ reason: idle ? reply.reason : null, left: reply.left - this.closing.size });
      this.set({ loading: !idle && this.state.tasks.length === 0 });
    } catch (error) {
      this.set({ error, loading: false });
    }
  }

  /** Tasks on the page and those whose last decisions are on their way. */
  private seen(): Set<string> {
    return new Set([...this.state.tasks.map(({ id }) => id), ...this.closing]);
  }

  private show(tasks: readonly ReviewTask[]): void {
    const [task] = tasks;
    this.trail = [];
    const decided = task ? decidedBefore(task) : new Map<string, Decision>();
    const place = (task && nextOpen(task, decided, -1)) ?? 0;
    const step = task && nextOpen(task, decided, -1) === undefined ? 'coverage' : 'conflicts';
    this.set({ tasks, decided, place, step, loading: tasks.length === 0 });
  }

  private get state(): ReviewState {
    return this.store.getState();
  }

  private set(change: Partial<ReviewState>): void {
    this.store.setState(change);
  }
}
