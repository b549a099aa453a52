import { asApiError, isTakenDown } from './failures';
import { countDeclared, declare } from './keep/page';
import { extendLease, releaseTask } from '../api/tasks';
import type { Task } from '../api/tasks';

const BEAT = 120_000;
/** Tasks of somebody who has done nothing for so long go back to the others in time, ms. */
const LONG_IDLE = 600_000;

interface Holder {
  /** The first one is on the screen. */
  readonly tasks: readonly Task[];
  /** Since when nothing was done, ms. */
  readonly idle: number;
  /** Somebody else may have that task by now. */
  lost(taskId: string): void;
  /** Nobody is asked about it any more. */
  drop(taskId: string): void;
}

/** Keeps the leases of the tasks on one page while somebody works there. */
export class Leases {
  private readonly holder: Holder;
  private readonly name: string;
  private timer: ReturnType<typeof setInterval> | null = null;
  private end: (() => void) | null = null;

  constructor(holder: Holder, user: string, slug: string) {
    this.holder = holder;
    this.name = `concord-label-${user}-${slug}`;
  }

  start(): void {
    this.end = declare(this.name);
    this.timer = setInterval(() => void this.extend(), BEAT);
  }

  /**
   * The person leaves for another page of ours: tasks not begun are given back, unless a second page
   * shows them as well. Nothing is given back when the window closes: a reload must keep them.
   */
  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    const others = await countDeclared(this.name);
    this.end?.();
    if (others > 1) return;
    for (const { id, lease } of this.holder.tasks.slice(1)) {
      if (lease) void releaseTask(id).catch(() => undefined);
    }
  }

  private async extend(): Promise<void> {
    if (this.holder.idle > LONG_IDLE) return;
    for (const { id, lease } of this.holder.tasks) {
      if (!lease) continue;
      await extendLease(id, lease).catch((error: unknown) => {
        if (asApiError(error).code === 'lease_lost') this.holder.lost(id);
        if (isTakenDown(error)) this.holder.drop(id);
      });
    }
  }
}
