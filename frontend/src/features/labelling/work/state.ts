import type { ApiError } from '@/lib/http';
import type { Told } from '../api/answers';
import type { NoWork, Task } from '../api/tasks';
import type { Conflict } from './conflict';
import type { KeptAnswer } from './keep/database';

/** Tasks held at a time: enough to go on for a while without a network. */
export const HELD = 12;
/** How far the server counts what is left. */
export const LEFT_COUNTED = 500;

export interface WorkState {
  /** The first one is on the screen. */
  readonly tasks: readonly Task[];
  readonly loading: boolean;
  readonly error: unknown;
  readonly reason: NoWork | null;
  /** From LEFT_COUNTED on: at least so many. */
  readonly left: number;
  readonly done: number;
  /** The last answer was refused, with the server's reason; its task is on the screen again. */
  readonly refusal: ApiError | null;
  /** How the last answer compares with the known one, where the dataset tells. */
  readonly told: { readonly gold: Told; readonly task: Task } | null;
  /** The name of the last image that was replaced or taken down while this page had it. */
  readonly gone: string | null;
  /** Two versions of the task on the screen. */
  readonly conflict: Conflict | null;
  /** What the server has not confirmed: answers of this person, and drafts of this page. */
  readonly answers: readonly KeptAnswer[];
  readonly drafts: number;
  /** Why the last try to send has to be repeated. */
  readonly trouble: ApiError | null;
}

export const START: WorkState = {
  tasks: [],
  loading: true,
  error: null,
  reason: null,
  left: 0,
  done: 0,
  refusal: null,
  told: null,
  gone: null,
  conflict: null,
  answers: [],
  drafts: 0,
  trouble: null,
};

export type Saving = 'saved' | 'saving' | 'waiting' | 'loggedOut' | 'offline' | 'decide';

/** Where the work stands, in one word; the most urgent one. */
export function savingOf(state: WorkState, online: boolean): { saving: Saving; count: number } {
  const refused = state.answers.filter(({ problem }) => problem).length;
  const unsent = state.answers.length - refused + state.drafts;
  if (state.conflict?.chosen === null) return { saving: 'decide', count: Math.max(refused, 1) };
  if (refused > 0) return { saving: 'decide', count: refused };
  if (!online || (unsent > 0 && state.trouble?.status === 0))
    return { saving: 'offline', count: unsent };
  if (unsent === 0) return { saving: 'saved', count: 0 };
  if (state.trouble?.status === 401) return { saving: 'loggedOut', count: unsent };
  return { saving: state.trouble ? 'waiting' : 'saving', count: unsent };
}
