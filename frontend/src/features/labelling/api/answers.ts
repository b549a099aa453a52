import { api } from '@/lib/api';
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

export function sendAnswer({ key, taskId, lease, answer, response, seconds }: Answer) {
  return api.post('/api/tasks/{task}/answer/', {
    path: { task: taskId },
    idempotencyKey: key,
    body: { answer, spans: response.spans, accept: response.accept, lease, seconds },
  });
}
