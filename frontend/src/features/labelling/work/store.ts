import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { preloadImage } from '@/canvas-react';
import type { ApiError } from '@/lib/http';
import { oneAtATime } from '@/lib/oneAtATime';
import { preloadTiles } from '@/lib/tiles';
import { uuid7 } from '@/lib/uuid7';
import type { Answer } from '../api/answers';
import { extendLease, myTask, nextTasks, releaseTask, saveDraft, skipTask } from '../api/tasks';
import type { NoWork, Response, SkipReason, Task, Verdict } from '../api/tasks';
import { Outbox } from './outbox';

/** Tasks held at a time: the one on the screen and those whose images are being fetched. */
const HELD = 4;
const DRAFT_DELAY = 800;
const HEARTBEAT = 120_000;
/** How far the server counts what is left. */
export const LEFT_COUNTED = 500;

export type Saved = 'saved' | 'saving' | 'draft' | 'offline';

export interface WorkState {
  /** The first one is on the screen. */
  readonly tasks: readonly Task[];
  readonly loading: boolean;
  readonly error: unknown;
  readonly reason: NoWork | null;
  /** From LEFT_COUNTED on: at least so many. */
  readonly left: number;
  readonly done: number;
  readonly unsent: number;
  readonly saved: Saved;
  /** The last answer was refused, with the server's reason; its task is on the screen again. */
  readonly refusal: ApiError | null;
}

const START: WorkState = {
  tasks: [],
  loading: true,
  error: null,
  reason: null,
  left: 0,
  done: 0,
  unsent: 0,
  saved: 'saved',
  refusal: null,
};

/**
 * One person's work on one dataset. Answers are taken at once and sent behind the scenes; the next
 * tasks are here, with their images decoded, before they are asked for.
 */
export class Work {
  readonly store: StoreApi<WorkState> = createStore(() => START);
  private readonly slug: string;
  private readonly outbox: Outbox;
  /** Answered here: `next` may still name them while the answer is on its way. */
  private readonly answered = new Map<string, { task: Task; response: Response }>();
  private readonly trail: string[] = [];
  private draft: { taskId: string; body: Response; timer: ReturnType<typeof setTimeout> } | null =
    null;
  private shownAt = 0;
  private heartbeat: ReturnType<typeof setInterval> | null = null;

  /** Asks for work. */
  readonly refill = oneAtATime(() => this.fetch());

  constructor(slug: string) {
    this.slug = slug;
    this.outbox = new Outbox({ onCount: this.counted, onRefused: this.refused });
  }

  start(): void {
    this.heartbeat = setInterval(() => void this.keepLeases(), HEARTBEAT);
    void this.refill();
  }

  /** The page closes: drafts are sent, tasks not begun are given back. */
  stop(): void {
    if (this.heartbeat) clearInterval(this.heartbeat);
    this.flushDraft();
    for (const task of this.state.tasks.slice(1)) {
      if (task.lease) void releaseTask(task.id).catch(() => undefined);
    }
  }

  get current(): Task | undefined {
    return this.state.tasks[0];
  }

  get canGoBack(): boolean {
    return this.trail.length > 0;
  }

  /** Takes the answer to the task on the screen and shows the next one. */
  submit(answer: Verdict, response: Response): void {
    const task = this.current;
    if (!task) return;
    this.dropDraft();
    const key = uuid7();
    const seconds = Math.min((performance.now() - this.shownAt) / 1000, 86_400);
    if (!this.answered.has(task.id)) this.set({ done: this.state.done + 1 });
    this.answered.set(task.id, {
      task: { ...task, lease: null },
      response: { ...response, answer },
    });
    this.trail.push(task.id);
    this.advance();
    const { id: taskId, lease } = task;
    this.outbox.add({ key, taskId, lease, answer, response, seconds });
    void this.refill();
  }

  async skip(reason: SkipReason): Promise<void> {
    const task = this.current;
    if (!task?.lease) return;
    this.dropDraft();
    this.advance();
    await skipTask(task.id, reason).catch(this.failed);
    await this.refill();
  }

  /** The last answered task comes back with everything in place. */
  back(): void {
    const id = this.trail.pop();
    const last = id === undefined ? undefined : this.answered.get(id);
    if (last) this.open({ ...last.task, draft: last.response });
  }

  /** Opens one of my own answers. */
  async reopen(id: string): Promise<void> {
    try {
      this.open(await myTask(id));
    } catch (error) {
      this.failed(error);
    }
  }

  /** Leaves an answer that was opened again as it was. */
  leave(): void {
    if (this.current?.lease === null) this.advance();
  }

  /** Something changed on the page; it is kept within a second. */
  keepDraft(body: Response): void {
    const task = this.current;
    if (!task?.lease) return;
    if (this.draft) clearTimeout(this.draft.timer);
    const timer = setTimeout(this.flushDraft, DRAFT_DELAY);
    this.draft = { taskId: task.id, body, timer };
    this.set({ saved: 'draft' });
  }

  readonly flushDraft = (): void => {
    const { draft } = this;
    if (!draft) return;
    this.dropDraft();
    this.set({ saved: 'saving' });
    saveDraft(draft.taskId, draft.body).then(
      () => this.settle('saved'),
      () => this.settle('offline'),
    );
  };

  hurry(): void {
    this.outbox.hurry();
    if (this.state.error) void this.refill();
  }

  private async fetch(): Promise<void> {
    if (this.state.tasks.length >= HELD) return;
    try {
      const seen = this.seen();
      const reply = await nextTasks(this.slug, HELD + Math.min(this.outbox.unsent, HELD));
      this.receive(reply.tasks, seen);
      const { tasks, unsent } = this.state;
      const reason = tasks.length === 0 && unsent === 0 ? reply.reason : null;
      this.set({ loading: tasks.length === 0 && reason === null, error: null, reason });
      const left = reply.left < LEFT_COUNTED ? Math.max(reply.left - unsent, 0) : LEFT_COUNTED;
      this.set({ left });
    } catch (error) {
      this.set({ loading: false, error });
    }
  }

  /** Tasks on the page and answers on their way. */
  private seen(): Set<string> {
    return new Set([...this.state.tasks.map((task) => task.id), ...this.outbox.taskIds]);
  }

  /**
   * `before` was seen when the request went out: the reply may name what has been answered since.
   * A task that comes again later was sent back by a reviewer.
   */
  private receive(tasks: readonly Task[], before: ReadonlySet<string>): void {
    const now = this.seen();
    const fresh = tasks.filter(({ id }) => !before.has(id) && !now.has(id));
    const wasEmpty = this.state.tasks.length === 0;
    this.set({ tasks: [...this.state.tasks, ...fresh] });
    for (const task of fresh) preload(task);
    if (wasEmpty) this.shown();
  }

  private open(task: Task): void {
    this.flushDraft();
    preload(task);
    this.set({ tasks: [task, ...this.state.tasks.filter(({ id }) => id !== task.id)] });
    this.shown();
  }

  private advance(): void {
    const tasks = this.state.tasks.slice(1);
    this.set({ tasks, loading: tasks.length === 0, refusal: null });
    this.shown();
  }

  private shown(): void {
    this.shownAt = performance.now();
  }

  private dropDraft(): void {
    if (this.draft) clearTimeout(this.draft.timer);
    this.draft = null;
  }

  private async keepLeases(): Promise<void> {
    for (const { id, lease } of this.state.tasks) {
      if (lease) await extendLease(id, lease).catch(() => undefined);
    }
  }

  private readonly counted = (unsent: number): void => {
    this.set({ unsent });
    this.settle('saved');
    if (unsent === 0) void this.refill();
  };

  private readonly refused = (answer: Answer, refusal: ApiError): void => {
    const kept = this.answered.get(answer.taskId);
    if (!kept) return;
    this.answered.delete(answer.taskId);
    const place = this.trail.lastIndexOf(answer.taskId);
    if (place >= 0) this.trail.splice(place, 1);
    this.open({ ...kept.task, lease: answer.lease, draft: kept.response });
    this.set({ refusal, done: this.state.done - 1, loading: false });
  };

  private readonly failed = (error: unknown): void => {
    this.set({ error });
  };

  private settle(saved: Saved): void {
    if (this.draft) return;
    this.set({ saved: this.outbox.unsent > 0 ? 'saving' : saved });
  }

  private get state(): WorkState {
    return this.store.getState();
  }

  private set(change: Partial<WorkState>): void {
    this.store.setState(change);
  }
}

function preload(task: Task): void {
  if (task.images[0]?.tile) preloadTiles(task.images);
  else for (const { url } of task.images) void preloadImage(url).catch(() => undefined);
}
