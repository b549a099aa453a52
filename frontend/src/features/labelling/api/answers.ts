import { send } from '@/lib/http';
import type { Response, Verdict } from './tasks';

export interface Answer {
  /** The idempotency key: made once, sent with every try. */
  readonly key: string;
  readonly taskId: string;
  readonly lease: string | null;
  readonly answer: Verdict;
  readonly response: Response;
  /** Time that the task was on the screen. */
  readonly seconds: number;
}

export interface AnswerReply {
  id: string;
  revision: number;
  late: boolean;
  task: { id: string; state: string; version: number };
}

export function sendAnswer({ key, taskId, lease, answer, response, seconds }: Answer) {
  return send<AnswerReply>('POST', `/api/tasks/${taskId}/answer/`, {
    idempotencyKey: key,
    body: { answer, spans: response.spans, accept: response.accept, lease, seconds },
  });
}
