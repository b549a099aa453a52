import type { Task } from '../api/tasks';

/** What was answered on this page, each task with the answer as its draft; and the way back. */
export class Trail {
  private readonly answered = new Map<string, Task>();
  private readonly way: string[] = [];
  private readonly before = new Set<string>();

  get length(): number {
    return this.way.length;
  }

  /** It was answered before this page came. */
  know(id: string): void {
    if (!this.answered.has(id)) this.before.add(id);
  }

  /** Whether that is the first answer to it. */
  add(task: Task): boolean {
    const isNew = !this.answered.has(task.id) && !this.before.has(task.id);
    this.answered.set(task.id, task);
    this.way.push(task.id);
    return isNew;
  }

  /** The last one that is not back yet. */
  back(): Task | undefined {
    const id = this.way.pop();
    return id === undefined ? undefined : this.answered.get(id);
  }

  /** It counts as not answered. @returns whether it had counted as a first answer of this page */
  forget(id: string): boolean {
    const place = this.way.lastIndexOf(id);
    if (place >= 0) this.way.splice(place, 1);
    return this.answered.delete(id) && !this.before.has(id);
  }
}
