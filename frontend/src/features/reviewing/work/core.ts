import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { oneAtATime } from '@/lib/oneAtATime';
import { differencesIn, extendReview, isGone, nextReviews, sendDecisions } from '../api/reviews';
import type { Conflict, Decision, ReviewTask } from '../api/reviews';
import { carryOver } from './carryOver';
import { keptOrder } from './order';
import { preload } from './pictures';
import { decidedBefore, nextOpen } from './proposal';
import { Sender } from './sender';
import { LEFT_COUNTED, START } from './state';
import type { Notice, ReviewState } from './state';
import { Trail } from './trail';

/** Tasks held at a time: the one on the screen, and those whose images are being fetched. */
const HELD = 3;
/** So often the server hears that somebody is still at it, ms. */
const BEAT = 120_000;

/** The tasks on a reviewer's page: how they come, stay theirs, and what is said gets to the server. */
export class ReviewsCore {
  readonly store: StoreApi<ReviewState> = createStore(() => ({ ...START, order: keptOrder() }));
  protected readonly slug: string;
  protected readonly trail = new Trail();
  protected readonly sender = new Sender((offline) => this.set({ offline }));
  /** What was said of tasks since they were fetched. */
  protected readonly said = new Map<string, Map<string, Decision>>();
  protected readonly closing = new Set<string>();
  /** Pictures of tasks that are not true any more: what refers to them is not sent. */
  private readonly stale = new WeakSet<ReviewTask>();

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

  /** Begins to keep the leases of what is on the page. @returns what ends that */
  start(): () => void {
    void this.refill();
    const timer = setInterval(() => void this.beat(), BEAT);
    return () => {
      clearInterval(timer);
    };
  }

  protected leave(task: ReviewTask): void {
    this.closing.add(task.id);
    this.show(this.state.tasks.slice(1));
  }

  /** One after the other: a decision must not overtake the one before it. */
  protected send(
    task: ReviewTask,
    decisions: readonly Decision[],
    final: boolean,
    done: () => void = () => undefined,
  ): void {
    this.set({ sending: this.state.sending + 1 });
    const sent = this.sender.add(async (again) => {
      if (this.stale.has(task)) return;
      await sendDecisions(task, decisions, final, again);
      done();
    });
    void sent
      .catch((error: unknown) => this.fail(task, error, final))
      .then(() => {
        this.set({ sending: this.state.sending - 1 });
        if (this.state.sending === 0) void this.refill();
      });
  }

  private async fail(task: ReviewTask, error: unknown, final: boolean): Promise<void> {
    const differences = differencesIn(error);
    if (final) this.set({ closed: this.state.closed - 1 });
    if (differences || isGone(error)) await this.catchUp(task, { differences });
    else {
      // It comes back with what the server knows of it.
      this.trail.forget(task.id);
      this.said.delete(task.id);
      this.closing.delete(task.id);
      this.show([]);
      this.set({ error });
    }
  }

  /** Fetches a task that changed; what still holds of the decisions on it is kept. */
  private async catchUp(task: ReviewTask, what: Pick<Notice, 'differences'>): Promise<void> {
    if (this.stale.has(task)) return;
    this.stale.add(task);
    this.closing.delete(task.id);
    const { tasks } = await this.sender.add(() => nextReviews(this.slug, HELD, this.state.order));
    const now = tasks.find(({ id }) => id === task.id);
    const others = this.state.tasks.filter(({ id }) => id !== task.id);
    const said = this.said.get(task.id) ?? decidedBefore(task);
    this.said.delete(task.id);
    if (!now) {
      this.trail.forget(task.id);
      this.show(others);
      this.set({ notice: { ...what, kind: 'gone', name: task.images[0]?.name ?? '' } });
      return;
    }
    const place = this.task?.id === task.id ? this.state.place : 0;
    const carried = carryOver(task, now, said, place);
    this.trail.rename(task.id, carried.names);
    this.said.set(task.id, carried.decided);
    this.show([now, ...others], carried.place);
    const lost = said.size - carried.decided.size;
    this.set({ notice: { ...what, kind: 'changed', kept: carried.decided.size, lost } });
    if (carried.decided.size > 0) this.send(now, [...carried.decided.values()], false);
  }

  private async beat(): Promise<void> {
    for (const task of this.state.tasks) {
      await extendReview(task.id, task.lease).catch((error: unknown) => {
        if (isGone(error)) return this.catchUp(task, { differences: null });
        return undefined;
      });
    }
  }

  private async fetch(): Promise<void> {
    if (this.state.tasks.length >= HELD) return;
    try {
      // The reply may name what has been closed since the request went out.
      const before = this.seen();
      const reply = await nextReviews(this.slug, HELD + this.closing.size, this.state.order);
      const now = this.seen();
      const fresh = reply.tasks.filter(({ id }) => !before.has(id) && !now.has(id));
      preload(fresh);
      if (this.state.tasks.length === 0) this.show(fresh);
      else this.set({ tasks: [...this.state.tasks, ...fresh] });
      const idle = this.state.tasks.length === 0 && this.closing.size === 0;
      this.set({ reason: idle ? reply.reason : null, left: this.left(reply.left) });
      this.set({ loading: !idle && this.state.tasks.length === 0 });
    } catch (error) {
      this.set({ error, loading: false });
    }
  }

  /** What waits behind those whose last decisions are on their way. */
  private left(counted: number): number {
    return counted < LEFT_COUNTED ? counted - this.closing.size : LEFT_COUNTED;
  }

  /** Tasks on the page and those whose last decisions are on their way. */
  private seen(): Set<string> {
    return new Set([...this.state.tasks.map(({ id }) => id), ...this.closing]);
  }

  protected keep(task: ReviewTask, decided: Map<string, Decision>): void {
    this.said.set(task.id, decided);
    this.set({ decided });
  }

  protected show(tasks: readonly ReviewTask[], at?: number): void {
    const [task] = tasks;
    const decided = task
      ? (this.said.get(task.id) ?? decidedBefore(task))
      : new Map<string, Decision>();
    const open = task && nextOpen(task, decided, -1);
    const step = task && open === undefined ? 'coverage' : 'conflicts';
    const place = at ?? open ?? 0;
    this.set({ tasks, decided, place, step, missed: [], names: null, loading: tasks.length === 0 });
  }

  protected get state(): ReviewState {
    return this.store.getState();
  }

  protected set(change: Partial<ReviewState>): void {
    this.store.setState(change);
  }
}
