import { vi } from 'vitest';

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

type Reply = unknown | Answer;

export interface Sent {
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

/**
 * Stands for the server in a page's test: replies by `METHOD /path`, and keeps what was sent.
 * What is not listed answers 404, so a page cannot ask for it unnoticed.
 */
export function serve(replies: Record<string, Reply>): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const method = init.method ?? 'GET';
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : init.body;
    sent.push({ method, path, body, headers: init.headers as Record<string, string> });
    const reply = replies[`${method} ${path}`] ?? { status: 404, body: { code: 'not_found' } };
    const { body: given, ...rest } = isAnswer(reply) ? reply : { status: 200, body: reply };
    return new Response(JSON.stringify(given), rest);
  });
  return sent;
}

function isAnswer(reply: unknown): reply is Answer {
  return typeof reply === 'object' && reply !== null && 'status' in reply && 'body' in reply;
}
