import type { Span } from '@/canvas';
import type { Interface, Option } from '@/lib/datasets';
import { send } from '@/lib/http';

export type ConflictKind =
  'label' | 'extent' | 'existence' | 'group' | 'duplicate' | 'answer' | 'unsure';
export type Action =
  | 'accept'
  | 'version'
  | 'label'
  | 'edit'
  | 'delete'
  | 'reject'
  | 'send_back'
  | 'escalate'
  | 'reset';

/** What a digit on the card stands for. */
export interface Choice {
  n: number;
  kind: 'version' | 'label' | 'option';
  text: string;
  version?: string;
  label?: string;
  option?: string | number;
}

export interface Conflict {
  id: string;
  kind: ConflictKind;
  text: string;
  /** The place of the object in question in `merge.objects`. */
  object: number | null;
  option: string | number | null;
  members: { version: string | null; span_id: string | null }[];
  choices: Choice[];
  state: 'open' | 'decided';
}

export interface MergedObject {
  index: number;
  span: Span & { id: string };
  label: string | null;
  votes: number;
  of: number;
  members: { version: string | null; span_id: string | null }[];
}

/** One annotator's answer. */
export interface Version {
  key: string;
  answer: 'accept' | 'reject' | 'ignore';
  spans: Span[];
  accept: (string | number)[];
  late: boolean;
}

export interface Decision {
  conflict: string | null;
  action: Action;
  version?: string | null;
  label?: string | null;
  option?: string | number | null;
  span?: Span | null;
  reason?: string;
}

export interface ReviewTask {
  id: string;
  version: number;
  interface: Interface;
  lease: string;
  images: { id: string; url: string; width: number; height: number; name: string }[];
  options: Option[] | null;
  question: string;
  why: { code: string; text: string };
  merge: {
    answer: 'accept' | 'reject' | 'ignore' | null;
    accept: (string | number)[] | null;
    confidence: number | null;
    objects: MergedObject[];
  };
  versions: Version[];
  conflicts: Conflict[];
  decisions: Decision[];
}

export interface NoReview {
  code: 'done' | 'all_leased' | 'not_allowed' | 'importing';
  detail: string;
  until: string | null;
}

export interface ReviewReply {
  tasks: ReviewTask[];
  reason: NoReview | null;
  left: number;
}

export function nextReviews(slug: string, count: number): Promise<ReviewReply> {
  return send('POST', `/api/datasets/${slug}/review/next/`, { body: { count } });
}

export function sendDecisions(
  task: Pick<ReviewTask, 'id' | 'version' | 'lease'>,
  decisions: readonly Decision[],
  final: boolean,
): Promise<unknown> {
  return send('POST', `/api/tasks/${task.id}/decisions/`, {
    ifMatch: task.version,
    body: { lease: task.lease, decisions, final },
  });
}
