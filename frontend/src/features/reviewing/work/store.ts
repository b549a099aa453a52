import type { Span, WrittenSpan } from '@/canvas';
import { ApiError } from '@/lib/http';
import { namesIn, pickReview, releaseReview, takeBack } from '../api/reviews';
import type { Citation, Decision, Order, ReviewTask } from '../api/reviews';
import { ReviewsCore } from './core';
import { keepOrder } from './order';
import { nextOpen } from './proposal';
import type { Decided } from './proposal';
import { settledBy } from './settled';
import { START } from './state';
import type { Act } from './trail';

/** One reviewer's way through the conflicts of a dataset. Decisions are sent as they are made. */
export class Reviews extends ReviewsCore {
  get canUndo(): boolean {
    return this.trail.canUndo;
  }

  get canRedo(): boolean {
    return this.trail.canRedo;
  }

  /** Takes a decision on the conflict on the screen and goes on to the next. */
  decide(plain: Decision): void {
    const { task, conflict } = this;
    if (!task || !conflict) return;
    const [decision = plain] = this.citing([plain]);
    const decisions = [decision, ...settledBy(task, conflict, decision, this.state.decided)];
    const decided = withAll(this.state.decided, decisions);
    const last = nextOpen(task, decided, this.state.place) === undefined;
    const end = last && !task.asks_for_missed ? ('closed' as const) : null;
    const act = { task: task.id, conflict: conflict.id, decisions, end };
    this.trail.add(act);
    this.carryOut(task, act);
  }

  /** Ends the look at the whole image: `missed` are shapes that nobody drew. */
  complete(missed: readonly WrittenSpan[]): void {
    const { task } = this;
    if (!task) return;
    const left = nextOpen(task, this.state.decided, -1);
    if (left !== undefined) this.go(left);
    else {
      const added = missed.map((span): Decision => ({ conflict: null, action: 'edit', span }));
      this.end(task, added);
    }
  }

  /** The final answer is reject, whatever else was said. */
  reject(): void {
    if (this.task) this.end(this.task, [{ conflict: null, action: 'reject' }]);
  }

  /** Ends this review without a final answer, for another reviewer to go on; that is for good. */
  handOver(decision: Decision): void {
    const { task } = this;
    if (!task) return;
    this.trail.forget(task.id);
    this.giveUp(task, [decision]);
  }

  /** Ends this review with remarks to the authors, who answer anew. */
  sendBack(plain: readonly Decision[]): void {
    const { task, conflict } = this;
    if (!task) return;
    const decisions = this.citing(plain);
    const act: Act = {
      ...{ task: task.id, conflict: conflict?.id ?? null, decisions, end: 'sent_back' },
    };
    this.trail.add(act);
    this.carryOut(task, act);
  }

  /** Takes the last decision of the session back, and with it the task whose review it ended. */
  undo(): void {
    const act = this.trail.undo();
    if (!act) return;
    if (act.end) void this.reopen(act);
    else if (act.task === this.task?.id) this.takeOff(this.task, act);
  }

  /** Does again what was taken back last. */
  redo(): void {
    const act = this.trail.redo();
    if (act && act.task === this.task?.id) this.carryOut(this.task, act);
  }

  /** The decision on what is on the screen will cite this paragraph; null: none. */
  cite(citation: Citation | null): void {
    this.set({ cited: citation && { ...citation, about: this.about } });
  }

  go(place: number): void {
    const count = this.task?.conflicts.length ?? 0;
    if (count > 0) this.set({ place: (place + count) % count, step: 'conflicts' });
  }

  look(): void {
    if (this.task?.interface === 'image_manual') this.set({ step: 'coverage' });
  }

  /** Says who is behind the letters, or hides that again; the server records that I looked. */
  async showNames(): Promise<void> {
    const { task } = this;
    if (!task) return;
    if (this.state.names) {
      this.set({ names: null });
      return;
    }
    try {
      const { names } = await namesIn(task.id);
      if (this.task?.id === task.id) this.set({ names });
    } catch (error) {
      this.set({ error });
    }
  }

  /** New tasks come in another order; those that wait unseen on this page go back. */
  async reorder(order: Order): Promise<void> {
    keepOrder(order);
    this.set({ order });
    const [first, ...others] = this.state.tasks;
    if (first) this.set({ tasks: [first] });
    for (const { id } of others) await this.sender.add(() => releaseReview(id));
    await this.refill();
  }

  /** Brings one task, by name, before the others. @returns whether it waits for me at all */
  async pick(id: string): Promise<boolean> {
    const there = this.state.tasks.find((task) => task.id === id);
    if (there && there === this.task) return true;
    try {
      const task = there ?? (await this.sender.add(() => pickReview(id)));
      this.show([task, ...this.state.tasks.filter((each) => each.id !== id)]);
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status < 500) return false;
      throw error;
    }
  }

  dismiss(): void {
    this.set({ notice: null });
  }

  /** Forgets what is on the page and asks anew. */
  async reload(): Promise<void> {
    this.closing.clear();
    this.said.clear();
    this.set({ ...START, order: this.state.order, closed: this.state.closed });
    await this.refill();
  }

  private get about(): string {
    return this.conflict?.id ?? this.task?.id ?? '';
  }

  /** The decisions with what was chosen to be cited, which is used up by that. */
  private citing(decisions: readonly Decision[]): Decision[] {
    const { cited } = this.state;
    if (cited?.about !== this.about) return [...decisions];
    this.set({ cited: null });
    const guideline = { version: cited.version, paragraph: cited.paragraph };
    return decisions.map((decision) => ({ ...decision, guideline }));
  }

  private carryOut(task: ReviewTask, act: Act): void {
    const { decisions, end } = act;
    if (end === 'sent_back') {
      this.giveUp(task, decisions);
      return;
    }
    const decided = withAll(this.state.decided, decisions);
    this.keep(task, decided);
    this.set({ error: null, notice: null });
    if (end) this.close(task, decisions);
    else {
      const next = nextOpen(task, decided, this.state.place);
      this.set(next === undefined ? { step: 'coverage' } : { place: next, step: 'conflicts' });
      this.send(task, decisions, false);
    }
  }

  private end(task: ReviewTask, decisions: readonly Decision[]): void {
    this.trail.add({ task: task.id, conflict: null, decisions, end: 'closed' });
    this.close(task, decisions);
  }

  private takeOff(task: ReviewTask, { conflict, decisions }: Act): void {
    if (conflict === null) return;
    const decided = new Map(this.state.decided);
    const resets = decisions.map(({ conflict: id = null }): Decision => ({
      conflict: id,
      action: 'reset',
    }));
    for (const each of resets) decided.delete(each.conflict ?? '');
    this.keep(task, decided);
    const place = task.conflicts.findIndex(({ id }) => id === conflict);
    this.set({ place: Math.max(place, 0), step: 'conflicts', error: null });
    this.send(task, resets, false);
  }

  private async reopen(act: Act): Promise<void> {
    this.set({ sending: this.state.sending + 1, error: null });
    try {
      const task = await this.sender.add(() => takeBack(act.task));
      this.closing.delete(task.id);
      this.said.delete(task.id);
      const others = this.state.tasks.filter(({ id }) => id !== task.id);
      this.show([task, ...others]);
      this.set({ left: this.state.left + 1 });
      this.goBackTo(task, act);
    } catch (error) {
      this.trail.forget(act.task);
      this.set({ error });
    }
    this.set({ sending: this.state.sending - 1 });
  }

  /** Shows where the act was done that ended the review of `task`. */
  private goBackTo(task: ReviewTask, act: Act): void {
    if (act.end === 'sent_back') {
      const place = task.conflicts.findIndex(({ id }) => id === act.conflict);
      this.set(place < 0 ? { step: 'coverage' } : { place, step: 'conflicts' });
      return;
    }
    this.set({ closed: this.state.closed - 1 });
    if (act.conflict !== null) this.takeOff(task, act);
    else {
      const missed = act.decisions.flatMap(({ span }) => (span ? [span as Span] : []));
      this.set({ step: 'coverage', missed });
    }
  }

  private giveUp(task: ReviewTask, decisions: readonly Decision[]): void {
    this.leave(task);
    this.set({ error: null, notice: null, left: Math.max(this.state.left - 1, 0) });
    this.send(task, decisions, false, () => this.closing.delete(task.id));
  }

  private close(task: ReviewTask, decisions: readonly Decision[]): void {
    this.leave(task);
    this.set({ closed: this.state.closed + 1, left: Math.max(this.state.left - 1, 0) });
    this.send(task, decisions, true, () => this.closing.delete(task.id));
  }
}

/** What holds once these decisions on conflicts were made, too. */
function withAll(decided: Decided, decisions: readonly Decision[]): Map<string, Decision> {
  const all = new Map(decided);
  for (const each of decisions) if (each.conflict != null) all.set(each.conflict, each);
  return all;
}
