import { createStore } from 'zustand/vanilla';
import type { ApiError } from '@/lib/http';
import { oneAtATime } from '@/lib/oneAtATime';
import { saveDraft } from '../api/tasks';
import type { Response, Task } from '../api/tasks';
import type { Conflict } from './conflict';
import { sameWork, startingPoint } from './conflict';
import type { KeptDraft } from './keep/database';
import { openPages, PAGE } from './keep/page';
import type { Shelf } from './keep/shelf';
import { asApiError, isTakenDown, isTemporary } from './failures';

/** Changes are on the disk after so long, and on the server after so long, ms. */
const TO_DISK = 150;
const TO_SERVER = 800;
const RETRY = 5_000;

type Timer = ReturnType<typeof setTimeout>;

export interface DraftsState {
  /** How many drafts the server has not confirmed. */
  readonly unsent: number;
  readonly conflicts: ReadonlyMap<string, Conflict>;
  /** Why the last save failed. */
  readonly error: ApiError | null;
}

/** What this person has begun in one dataset: first on this browser's disk, then on the server. */
export class Drafts {
  readonly store = createStore<DraftsState>(() => ({
    unsent: 0,
    conflicts: new Map(),
    error: null,
  }));
  private readonly user: string;
  private readonly slug: string;
  private readonly shelf: Shelf<'drafts'>;
  private readonly onTakenDown: (taskId: string) => void;
  /** When each of them changed last, by its id. */
  private readonly unsent = new Map<string, number>();
  /** The version of each task's draft on the server, as far as this page knows. */
  private readonly versions = new Map<string, number>();
  private latest: KeptDraft | null = null;
  private diskTimer: Timer | null = null;
  private serverTimer: Timer | null = null;

  /** Hears of tasks about which nothing can be said any more. */
  constructor(
    user: string,
    slug: string,
    shelf: Shelf<'drafts'>,
    onTakenDown: (taskId: string) => void,
  ) {
    this.user = user;
    this.slug = slug;
    this.shelf = shelf;
    this.onTakenDown = onTakenDown;
  }

  /** Whether something would be lost with this page. */
  get unwritten(): boolean {
    return this.latest !== null || this.shelf.unwritten;
  }

  /** All that is begun in this browser. */
  rows(): Promise<KeptDraft[]> {
    this.write();
    return this.shelf.all();
  }

  /** What pages that are gone had not saved of this dataset, by task. */
  async abandoned(): Promise<Map<string, KeptDraft[]>> {
    const [rows, isOpen] = await Promise.all([this.shelf.all(), openPages()]);
    const left = rows.filter(({ slug, page }) => slug === this.slug && !isOpen(page));
    const byTask = new Map<string, KeptDraft[]>();
    for (const row of left) byTask.set(row.task.id, [...(byTask.get(row.task.id) ?? []), row]);
    return byTask;
  }

  /** The task as it is to be shown, with what was `left`, which is this page's from now on. */
  resume(task: Task, left: readonly KeptDraft[] = []): Task {
    this.versions.set(task.id, task.draft_version);
    if (left.length === 0) return task;
    const { draft, conflict } = startingPoint(task, left);
    if (conflict) this.setConflict(task.id, conflict);
    const resumed = { ...task, draft };
    if (draft) this.keep(resumed, draft);
    this.write();
    this.forget(left);
    return resumed;
  }

  forget(left: readonly KeptDraft[]): void {
    for (const { id } of left) void this.shelf.delete(id);
  }

  /** Something changed on the page. */
  keep(task: Task, response: Response): void {
    const id = rowId(task.id);
    const base = this.versions.get(task.id) ?? task.draft_version;
    const body = { ...response, page: PAGE };
    if (this.latest && this.latest.id !== id) this.write();
    const at = Date.now();
    this.latest = { id, page: PAGE, slug: this.slug, task, body, base, at };
    this.unsent.set(id, at);
    this.count();
    this.diskTimer ??= setTimeout(this.write, TO_DISK);
    this.serverTimer ??= setTimeout(() => void this.flush(), TO_SERVER);
  }

  /** Saves now. */
  readonly flush = (): Promise<void> => {
    if (this.serverTimer) clearTimeout(this.serverTimer);
    this.serverTimer = null;
    this.write();
    return this.push();
  };

  /** The task is answered, skipped or left: nothing of it is begun any more. */
  drop(taskId: string): void {
    const id = rowId(taskId);
    if (this.latest?.id === id) this.latest = null;
    this.unsent.delete(id);
    this.setConflict(taskId, null);
    this.count();
    void this.shelf.delete(id);
  }

  setConflict(taskId: string, conflict: Conflict | null): void {
    const conflicts = new Map(this.store.getState().conflicts);
    if (conflict) conflicts.set(taskId, conflict);
    else conflicts.delete(taskId);
    this.store.setState({ conflicts });
  }

  private readonly write = (): void => {
    if (this.diskTimer) clearTimeout(this.diskTimer);
    this.diskTimer = null;
    if (this.latest) void this.shelf.put(this.latest);
    this.latest = null;
  };

  private readonly push = oneAtATime(async () => {
    const rows = await this.shelf.all();
    for (const row of rows.filter(({ id }) => this.unsent.has(id))) {
      // An answer that is being changed has no draft on the server; it is kept here alone.
      if (!row.task.lease) this.unsent.delete(row.id);
      else if (!this.isUndecided(row.task.id)) await this.send(row);
    }
    this.count();
  });

  private async send({ id, task, body, at, base }: KeptDraft): Promise<void> {
    try {
      const known = this.versions.get(task.id) ?? base;
      const { version } = await saveDraft(this.user, task.id, body, known);
      this.versions.set(task.id, version);
      this.store.setState({ error: null });
      if (this.unsent.get(id) !== at) return;
      this.unsent.delete(id);
      void this.shelf.delete(id);
    } catch (error) {
      if (isTakenDown(error)) this.onTakenDown(task.id);
      else this.failed(task.id, body, asApiError(error));
    }
  }

  private failed(taskId: string, mine: Response, error: ApiError): void {
    if (error.code !== 'draft_stale') {
      this.store.setState({ error });
      if (isTemporary(error)) this.serverTimer ??= setTimeout(() => void this.flush(), RETRY);
      return;
    }
    const { current } = error.body as { current: { version: number; body: Response } | null };
    this.versions.set(taskId, current?.version ?? 0);
    if (current && current.body.page !== PAGE && !sameWork(current.body, mine)) {
      this.setConflict(taskId, { versions: [mine, current.body], chosen: null });
    } else {
      // It was this page's own save, whose reply was lost, or the draft is gone.
      void this.push();
    }
  }

  private isUndecided(taskId: string): boolean {
    return this.store.getState().conflicts.get(taskId)?.chosen === null;
  }

  private count(): void {
    this.store.setState({ unsent: this.unsent.size });
  }
}

function rowId(taskId: string): string {
  return `${taskId}/${PAGE}`;
}
