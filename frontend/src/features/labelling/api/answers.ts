import { api } from '@/lib/api';
import type { Sent } from '@/lib/api';
import type { Wire } from '@/lib/wire';
import { PATIENCE } from './tasks';

export type Told = NonNullable<Wire<'AnswerReply'>['gold']>;
export type AnswerBody = Sent<Wire<'AnswerRequest'>>;

/** `key` is made once and sent with every try; the same body with it is the same answer. */
export function sendAnswer(user: string, task: string, key: string, body: AnswerBody) {
  return api.post('/api/tasks/{task}/answer/', {
    path: { task },
    idempotencyKey: key,
    user,
    body,
    signal: AbortSignal.timeout(PATIENCE),
  });
}
