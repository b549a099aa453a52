import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { ApiError } from '@/lib/http';
import { oneAtATime } from '@/lib/oneAtATime';
import { uuid7 } from '@/lib/uuid7';
import type { Wire } from '@/lib/wire';
import { myTask, skipTask } from '../api/tasks';
import type { Response, SkipReason, Task, Verdict } from '../api/tasks';
import { ActiveTime } from './activeTime';
import { Drafts } from './drafts';
import { isTakenDown } from './failures';
import type { KeptAnswer } from './keep/database';
import { PAGE } from './keep/page';
import { Leases } from './leases';
import type { Outbox } from './outbox';
import { workOf } from './person';
import { Pictures } from './pictures';
import { answerBody, asReopened } from './response';
import { HELD, LEFT_COUNTED, START } from './state';
import type { WorkState } from './state';
import { Supply } from './supply';
import { Trail } from './trail';

/** New ones are asked for by so many. */
const BATCH = 4;

/**
 * One person's work on one dataset. Answers are taken at once and sent behind the scenes; the next
 * tasks are here, with their images, before they are asked for.
 */
export class Work {
  readonly store: StoreApi<WorkState> = createStore(() => START);
  private readonly slug: string;
  private readonly outbox: Outbox;
  private readonly drafts: Drafts;
  private readonly supply: Supply;
  private readonly leases: Leases;
  private readonly pictures = new Pictures();
  private readonly time = new ActiveTime();
  private readonly trail = new Trail();
  /** My last revision of tasks that were answered since they were handed out. */
  private readonly revisions = new Map<string, number>();
  /** What was changed of the task on the screen. */
  private begun: Response | null = null;
  private unsubscribe: (() => void)[] = [];

  /** Asks for work. */
  readonly refill = oneAtATime(() => this.fetch());

  constructor(user: string, slug: string) {
    const { outbox, drafts } = workOf(user);
    this.slug = slug;
    this.outbox = outbox;
    this.drafts = new Drafts(user, slug, drafts, (id) => this.drop(id));
    this.supply = new Supply(slug, this.drafts, () => this.state);
    this.leases = new Leases(this, user, slug);
  }

  start(): void {
    this.time.start();
    this.leases.start();
    this.unsubscribe = [
      this.outbox.store.subscribe(this.watch),
      this.drafts.store.subscribe(this.watch),
      this.outbox.listen(this.heard),
    ];
    this.watch();
    void this.refill();
  }

  /** The page closes: what is begun is saved, the rest is given back. */
  stop(): void {
    for (const end of this.unsubscribe) end();
    this.time.stop();
    void this.drafts.flush();
    void this.leases.stop();
  }

  get tasks(): readonly Task[] {
    return this.state.tasks;
  }

  get current(): Task | undefined {
    return this.tasks[0];
  }

  get canGoBack(): boolean {
    return this.trail.length > 0;
  }

  get idle(): number {
    return this.time.idle;
  }

  /** Whether something would be lost with this page. */
  get unwritten(): boolean {
    return this.outbox.unwritten || this.drafts.unwritten;
  }

  /** Takes the answer to the task on the screen and shows the next one. */
  submit(answer: Verdict, response: Response): void {
    const task = this.current;
    if (!task) return;
    const { seconds } = this.time;
    const draft = { ...task.draft, ...response, answer, seconds };
    const revision = this.revisions.get(task.id) ?? task.revision;
    this.outbox.add({
      id: uuid7(),
      page: PAGE,
      slug: this.slug,
      task: { ...task, draft },
      at: Date.now(),
      body: answerBody(draft, { answer, lease: task.lease, base: revision, seconds }),
      problem: null,
    });
    const isNew = this.trail.add({ ...task, lease: null, draft });
    const { done, left } = this.state;
    if (isNew)
      this.set({ done: done + 1, left: left < LEFT_COUNTED ? Math.max(left - 1, 0) : left });
    this.set({ told: null, gone: null });
    this.drafts.drop(task.id);
    this.advance();
    void this.refill();
  }

  async skip(reason: SkipReason): Promise<void> {
    const task = this.current;
    if (!task?.lease) return;
    this.drafts.drop(task.id);
    this.advance();
    await skipTask(task.id, reason).catch((error: unknown) => {
      if (!isTakenDown(error)) this.failed(error);
    });
    await this.refill();
  }

  /** What was told has been read. */
  readonly forgetTold = (): void => {
    this.set({ told: null, gone: null });
  };

  /** The last answered task comes back with everything in place. */
  back(): void {
    const last = this.trail.back();
    if (last) this.open(last);
  }

  /** Opens one of my own answers, as I gave it last. @throws ApiError */
  async reopen(id: string): Promise<void> {
    if (this.current?.id === id) return;
    const task = this.atHand(id) ?? (await myTask(id));
    this.trail.know(id);
    this.open(task);
  }

  /** Leaves an answer that was opened again as it was. */
  leave(): void {
    if (this.current?.lease !== null) return;
    this.drafts.drop(this.current.id);
    this.advance();
  }

  /** Something changed on the page; it is kept within a second. */
  keepDraft(response: Response): void {
    const task = this.current;
    if (!task) return;
    this.begun = { ...task.draft, ...response, seconds: this.time.seconds };
    this.drafts.keep(task, this.begun);
  }

  readonly flushDraft = (): void => {
    void this.drafts.flush();
  };

  /** Shows one of several versions of the task on the screen, and goes on from it. */
  choose(version: number): void {
    const task = this.current;
    const conflict = this.state.conflict;
    if (!task || !conflict) return;
    const versions = [...conflict.versions];
    if (this.begun) versions[conflict.chosen ?? 0] = this.begun;
    const draft = versions[version];
    if (!draft) return;
    this.drafts.setConflict(task.id, { versions, chosen: version });
    const shown = { ...task, draft };
    this.drafts.keep(shown, draft);
    this.begun = null;
    this.set({ tasks: [shown, ...this.tasks.slice(1)] });
    this.shown();
  }

  /** Whether an answer belongs to this dataset. */
  owns(answer: KeptAnswer): boolean {
    return answer.slug === this.slug;
  }

  /** Brings an answer that was refused back to the screen. */
  takeBack(answer: KeptAnswer): void {
    if (!answer.problem || !this.owns(answer)) return;
    this.outbox.take(answer.id);
    const reopened = asReopened(answer, this.begunOf(answer.task.id));
    if (!reopened) return;
    const { task, conflict } = reopened;
    if (conflict) this.drafts.setConflict(task.id, conflict);
    this.revisions.set(task.id, task.revision);
    this.open(task);
    if (task.draft) this.keepDraft(task.draft);
    if (this.trail.forget(task.id)) this.set({ done: this.state.done - 1 });
    const { status, body } = answer.problem;
    this.set({ refusal: new ApiError(status, body as object), loading: false });
  }

  /** All of this person's work in this browser that the server has not confirmed. */
  async unsent(): Promise<object> {
    return { answers: this.state.answers, drafts: await this.drafts.rows() };
  }

  /** Gives a refused answer up. */
  discard(answer: KeptAnswer): void {
    this.outbox.take(answer.id);
  }

  /** The network is back, or the person logged in again. */
  hurry(): void {
    this.outbox.hurry();
    void this.drafts.flush();
    if (this.state.error) void this.refill();
  }

  /** A lease ran out, and somebody else has the task. What is on the screen may still be sent. */
  lost(id: string): void {
    const [current, ...others] = this.tasks;
    if (current) this.set({ tasks: [current, ...others.filter((task) => task.id !== id)] });
  }

  /** The image of a task was replaced or taken down: it leaves the page, and all else stays. */
  drop(id: string, name = this.nameOf(id)): void {
    this.drafts.drop(id);
    const done = this.state.done - (this.trail.forget(id) ? 1 : 0);
    this.set({ gone: name, done });
    if (this.current?.id === id) this.advance();
    else this.set({ tasks: this.tasks.filter((task) => task.id !== id) });
    void this.refill();
  }

  private nameOf(id: string): string {
    return this.tasks.find((task) => task.id === id)?.images[0]?.name ?? '';
  }

  private async fetch(): Promise<void> {
    if (this.tasks.length > HELD - BATCH) return;
    try {
      const { begun, fresh, left, reason } = await this.supply.ask();
      for (const { id } of fresh) this.revisions.delete(id);
      const wasEmpty = this.tasks.length === 0;
      this.set({ tasks: [...begun, ...this.tasks, ...fresh], left, error: null });
      const nothing = this.tasks.length === 0;
      const why = nothing && this.state.answers.length === 0 ? reason : null;
      this.set({ loading: nothing && why === null, reason: why });
      if (wasEmpty || begun.length > 0) this.shown();
      else this.pictures.bring(this.tasks);
    } catch (error) {
      this.set({ loading: false, error });
    }
  }

  /** The task that it interrupts stays next, as far as it was. */
  private open(task: Task): void {
    const [current, ...others] = this.tasks;
    const next = current ? [{ ...current, draft: this.begun ?? current.draft }] : [];
    void this.drafts.flush();
    const waiting = [...next, ...others].filter(({ id }) => id !== task.id);
    this.set({ tasks: [task, ...waiting] });
    this.shown();
  }

  private advance(): void {
    const tasks = this.tasks.slice(1);
    this.set({ tasks, loading: tasks.length === 0, refusal: null });
    this.shown();
  }

  private shown(): void {
    this.begun = null;
    this.time.begin(this.current?.draft?.seconds ?? 0);
    this.pictures.bring(this.tasks);
    this.watch();
  }

  /** A task that was sent back and waits here, or whose answer the server does not have yet. */
  private atHand(id: string): Task | undefined {
    const waits = this.tasks.find((task) => task.id === id);
    const unsent = this.state.answers.findLast(({ task, problem }) => task.id === id && !problem);
    return waits ?? (unsent && { ...unsent.task, lease: null });
  }

  private begunOf(taskId: string): Response | null {
    return this.current?.id === taskId ? this.begun : null;
  }

  /** What the outbox and the drafts know goes into the one state that the page shows. */
  private readonly watch = (): void => {
    const { answers, error } = this.outbox.store.getState();
    const drafts = this.drafts.store.getState();
    const conflict = drafts.conflicts.get(this.current?.id ?? '') ?? null;
    this.set({ answers, drafts: drafts.unsent, conflict, trouble: error ?? drafts.error });
    for (const { page, task } of answers) if (page !== PAGE) this.answeredElsewhere(task.id);
  };

  /** An answer of any page got its reply; null when it was refused. */
  private readonly heard = (answer: KeptAnswer, reply: Wire<'AnswerReply'> | null): void => {
    if (!reply) {
      if (answer.page === PAGE) this.refused(answer);
      return;
    }
    this.supply.confirmed(answer.task.id);
    if (reply.gold && answer.page === PAGE)
      this.set({ told: { gold: reply.gold, task: answer.task } });
    // What another page has said is not known here before it is shown.
    if (answer.page === PAGE) this.revisions.set(answer.task.id, reply.revision);
    else this.answeredElsewhere(answer.task.id);
    if (this.state.answers.length === 0) void this.refill();
  };

  private refused(answer: KeptAnswer): void {
    const { code } = (answer.problem?.body ?? {}) as { code?: string };
    if (code !== 'taken_down') return this.takeBack(answer);
    this.outbox.take(answer.id);
    this.drop(answer.task.id, answer.task.images[0]?.name);
  }

  /** Not shown any more, unless this page has begun it, too: then the server says who was first. */
  private answeredElsewhere(id: string): void {
    if (!this.tasks.some((task) => task.id === id) || this.begunOf(id)) return;
    if (this.current?.id === id) this.advance();
    else this.set({ tasks: this.tasks.filter((task) => task.id !== id) });
  }

  private readonly failed = (error: unknown): void => {
    this.set({ error });
  };

  private get state(): WorkState {
    return this.store.getState();
  }

  private set(change: Partial<WorkState>): void {
    this.store.setState(change);
  }
}
