import type { Span } from '@/canvas';
import type { Citation, Differences, NoReview, Order, ReviewTask } from '../api/reviews';
import type { Decided } from './proposal';

/** Stepping through conflicts, or looking whether anything was missed. */
export type Step = 'conflicts' | 'coverage';

/** What happened to a task while it was on the page. */
export type Notice = { readonly differences: Differences | null } & (
  | { readonly kind: 'changed'; readonly kept: number; readonly lost: number }
  | { readonly kind: 'gone'; readonly name: string }
);

/** How far the server counts what waits. */
export const LEFT_COUNTED = 500;

export interface ReviewState {
  /** The first one is on the screen. */
  readonly tasks: readonly ReviewTask[];
  readonly step: Step;
  /** The conflict on the screen. */
  readonly place: number;
  readonly decided: Decided;
  /** What the reviewer had drawn in a look at the whole image that was taken back. */
  readonly missed: readonly Span[];
  /** Who is behind the letters of the task on the screen, once asked for. */
  readonly names: Readonly<Record<string, string>> | null;
  /** The paragraph of the guideline that the next decision will cite. */
  readonly cited: (Citation & { readonly about: string }) | null;
  readonly order: Order;
  readonly loading: boolean;
  /** Something could not be done, or nothing could be fetched. */
  readonly error: unknown;
  readonly notice: Notice | null;
  readonly reason: NoReview | null;
  /** From LEFT_COUNTED on: at least so many. */
  readonly left: number;
  readonly closed: number;
  readonly sending: number;
  /** The server cannot be reached; what is decided waits here. */
  readonly offline: boolean;
}

export const START: ReviewState = {
  tasks: [],
  step: 'conflicts',
  place: 0,
  decided: new Map(),
  missed: [],
  names: null,
  cited: null,
  order: 'loss',
  loading: true,
  error: null,
  notice: null,
  reason: null,
  left: 0,
  closed: 0,
  sending: 0,
  offline: false,
};
