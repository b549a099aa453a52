import { hashKey } from '@tanstack/react-query';
import type { Response, Task } from '../api/tasks';
import type { KeptDraft } from './keep/database';

/** Different things done to one task on several pages; none is dropped until the task is answered. */
export interface Conflict {
  /** What was done here comes first. */
  readonly versions: readonly Response[];
  /** The one on the screen; null until somebody has chosen. */
  readonly chosen: number | null;
}

/** Whether two responses say the same, whoever saved them and however long it took. */
export function sameWork(one: Response, other: Response): boolean {
  return said(one) === said(other);
}

function said(response: Response): string {
  const { page, seconds, dismissed, ...rest } = response;
  return hashKey([rest]); // the database does not keep the order of keys
}

/**
 * What to start a task from: `left` is what pages that are gone had not saved. The newest of that
 * goes before the server's draft if it was built on it; if not, there are two versions.
 */
export function startingPoint(
  task: Task,
  left: readonly KeptDraft[],
): { draft: Response | null; conflict: Conflict | null } {
  const [newest, ...older] = [...left].sort((one, other) => other.at - one.at);
  if (!newest) return { draft: task.draft, conflict: null };
  const others = older.map(({ body }) => body);
  if (task.draft && !buildsOn(newest, task)) others.unshift(task.draft);
  const versions = [newest.body];
  for (const other of others) {
    if (!versions.some((version) => sameWork(version, other))) versions.push(other);
  }
  const conflict = versions.length > 1 ? { versions, chosen: null } : null;
  return { draft: newest.body, conflict };
}

function buildsOn(kept: KeptDraft, { draft, draft_version }: Task): boolean {
  return kept.base >= draft_version || draft?.page === kept.page;
}
