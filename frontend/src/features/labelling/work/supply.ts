import { nextTasks } from '../api/tasks';
import type { NoWork, Task } from '../api/tasks';
import type { Drafts } from './drafts';
import type { KeptDraft } from './keep/database';
import { HELD, LEFT_COUNTED } from './state';
import type { WorkState } from './state';

export interface Supplies {
  /** Work that pages now gone had begun, and that is no longer handed out. */
  readonly begun: readonly Task[];
  readonly fresh: readonly Task[];
  readonly left: number;
  /** Why nothing is left. */
  readonly reason: NoWork | null;
}

/** Where tasks come from: the server, and what was left in this browser. */
export class Supply {
  private readonly slug: string;
  private readonly drafts: Drafts;
  private readonly state: () => WorkState;
  private abandoned: Promise<Map<string, KeptDraft[]>> | null = null;
  /** Tasks whose answers were confirmed while a request for work was on its way. */
  private readonly answered = new Set<string>();

  constructor(slug: string, drafts: Drafts, state: () => WorkState) {
    this.slug = slug;
    this.drafts = drafts;
    this.state = state;
  }

  /**
   * Asks for tasks. The reply may name what has been answered since the request went out, by this
   * page or another, so what was seen before, is seen now or was confirmed meanwhile is not new. A
   * task that comes again later was sent back.
   */
  async ask(): Promise<Supplies> {
    this.answered.clear();
    const before = this.seen();
    const sending = this.state().answers.filter(({ slug }) => slug === this.slug).length;
    this.abandoned ??= this.drafts.abandoned();
    const [reply, abandoned] = await Promise.all([
      nextTasks(this.slug, HELD + Math.min(sending, HELD)),
      this.abandoned,
    ]);
    const known = new Set([...before, ...this.seen(), ...this.answered]);
    const fresh = reply.tasks.filter(({ id }) => !known.has(id));
    const handed = fresh.map((task) => this.drafts.resume(task, taken(abandoned, task.id)));
    const begun = this.resumeOthers(abandoned);
    const left = reply.left < LEFT_COUNTED ? Math.max(reply.left - sending, 0) : LEFT_COUNTED;
    return { begun, fresh: handed, left, reason: reply.reason };
  }

  /** The server has confirmed an answer; the reply on its way may still name the task. */
  confirmed(id: string): void {
    this.answered.add(id);
  }

  /** An answer that was being changed, or a task whose lease ran out. */
  private resumeOthers(abandoned: Map<string, KeptDraft[]>): Task[] {
    const answered = new Map(this.state().answers.map(({ task, at }) => [task.id, at]));
    const tasks: Task[] = [];
    for (const [id, rows] of abandoned) {
      const since = rows.filter(({ at }) => at > (answered.get(id) ?? 0));
      const [row] = since;
      if (row) tasks.push(this.drafts.resume(row.task, since));
      else this.drafts.forget(rows);
    }
    abandoned.clear();
    return tasks;
  }

  /** Tasks on the page and answers on their way. */
  private seen(): Set<string> {
    const { tasks, answers } = this.state();
    return new Set([...tasks.map(({ id }) => id), ...answers.map(({ task }) => task.id)]);
  }
}

function taken(rows: Map<string, KeptDraft[]>, id: string): KeptDraft[] {
  const found = rows.get(id) ?? [];
  rows.delete(id);
  return found;
}
