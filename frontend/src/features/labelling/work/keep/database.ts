import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { ApiError } from '@/lib/http';
import type { AnswerBody } from '../../api/answers';
import type { Response, Task } from '../../api/tasks';

/** Work that the server has not confirmed, as this browser keeps it. */
interface Work {
  /** Sorts in the order in which it was done. */
  readonly id: string;
  /** The page on which it was done. */
  readonly page: string;
  readonly slug: string;
  /** As it was handed out, so that it can be shown again without asking for it. */
  readonly task: Task;
  /** When, in ms since 1970. */
  readonly at: number;
}

/** An answer on its way; its id is its idempotency key, and `body` is sent as it is. */
export interface KeptAnswer extends Work {
  readonly body: AnswerBody;
  /** Why the server will never take it as it is. */
  readonly problem: Problem | null;
}

/** A refusal as it came: the status, and the server's account of it. */
export interface Problem {
  readonly status: number;
  readonly body: ApiError['body'];
}

/** What is begun; there is one for each task and page. */
export interface KeptDraft extends Work {
  readonly body: Response;
  /** The version of the server's draft that it builds on, 0 for none. */
  readonly base: number;
}

export interface Kept extends DBSchema {
  answers: { key: string; value: KeptAnswer };
  drafts: { key: string; value: KeptDraft };
}

export type Database = IDBPDatabase<Kept>;

/**
 * Opens what one person has left in this browser. Everybody has a database of their own, so nobody
 * sees or sends what another has done. Null where the browser keeps nothing.
 */
export async function openDatabase(user: string): Promise<Database | null> {
  try {
    return await openDB<Kept>(`concord-${user}`, 1, {
      upgrade: (database) => {
        database.createObjectStore('answers', { keyPath: 'id' });
        database.createObjectStore('drafts', { keyPath: 'id' });
      },
      // A later release of this page waits for it.
      blocking: (_current, _wanted, event) => {
        (event.target as IDBDatabase).close();
      },
    });
  } catch {
    return null;
  }
}
