import { useSession } from './session';

/** What went wrong, in the server's words (RFC 9457) or, with status 0, because nobody answered. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: Record<string, string[]>;
  /** Seconds, and since when. */
  readonly retryAfter: number | null;
  readonly at = Date.now();
  /** The whole reply, for errors that carry more, such as 412 with `current` and `diff`. */
  readonly body: unknown;

  constructor(status: number, problem: Problem, retryAfter: number | null = null) {
    super(problem.detail ?? problem.title ?? '');
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code ?? (status === 0 ? 'unreachable' : 'unknown');
    this.errors = byField(problem.errors);
    this.retryAfter = retryAfter;
    this.body = problem;
  }
}

interface Problem {
  title?: string;
  code?: string;
  detail?: string;
  errors?: FieldErrors | AllauthError[];
}

type FieldErrors = Record<string, string[]>;

/** The log-in endpoints are allauth's, whose errors are a list. */
interface AllauthError {
  message: string;
  code: string;
  param?: string;
}

type Value = string | number | boolean | null | undefined;

/** Of a list each item is a parameter of its own, all of the same name. */
type Query = Record<string, Value | readonly Value[]>;

export interface SendOptions {
  /** JSON, or a FormData for files. */
  body?: unknown;
  query?: Query;
  /** Makes a write safe to send twice; keep the same key for every retry of one intent. */
  idempotencyKey?: string;
  /** Whose work this is: refused as if logged out once somebody else is logged in here. */
  user?: string;
  /** The version that an edit is based on. */
  ifMatch?: number | string;
  /** Lets the request outlive the page, for what is sent while it closes. */
  keepalive?: boolean;
  signal?: AbortSignal;
  /** What else the address wants to be told beside the body. */
  headers?: Record<string, string>;
}

/** Sends one request to our own server and gives the parsed reply. @throws ApiError */
export async function send<Reply>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  options: SendOptions = {},
): Promise<Reply> {
  const response = await reach(address(path, options.query), {
    method,
    credentials: 'same-origin',
    headers: headers(method, options),
    body: encoded(options.body),
    keepalive: options.keepalive ?? false,
    signal: options.signal ?? null,
  });
  const reply = await parsed(response);
  if (response.ok) return reply as Reply;
  throw refusal(response, reply);
}

/** Fetches a file of our own server, which may refuse it with a problem. @throws ApiError */
export async function fetchFile(url: string, signal: AbortSignal | null = null): Promise<Blob> {
  const response = await reach(url, { credentials: 'same-origin', signal });
  if (response.ok) return response.blob();
  throw refusal(response, await parsed(response));
}

function refusal(response: Response, reply: unknown): ApiError {
  if (response.status === 401 && !wantsPassword(reply)) useSession.getState().expire();
  const retryAfter = Number(response.headers.get('Retry-After')) || null;
  return new ApiError(response.status, asProblem(reply), retryAfter);
}

/** Not logged out: what was asked for wants the password given again. */
function wantsPassword(reply: unknown): boolean {
  const { meta } = asProblem(reply) as { meta?: { is_authenticated?: boolean } };
  return meta?.is_authenticated === true;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, { detail: String(cause) });
  }
}

export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query)
    .flatMap(([name, value]) => [value].flat().map((each) => [name, each] as const))
    .filter(([, value]) => value != null && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return given.length === 0 ? path : `${path}?${search}`;
}

function headers(method: string, options: SendOptions): Record<string, string> {
  const result: Record<string, string> = { Accept: 'application/json', ...options.headers };
  if (method !== 'GET') result['X-CSRFToken'] = csrfToken();
  if (options.body !== undefined && !(options.body instanceof FormData)) {
    result['Content-Type'] = 'application/json';
  }
  if (options.idempotencyKey !== undefined) result['Idempotency-Key'] = options.idempotencyKey;
  if (options.user !== undefined) result['X-Concord-User'] = options.user;
  if (options.ifMatch !== undefined) result['If-Match'] = `"${options.ifMatch}"`;
  return result;
}

function encoded(body: unknown): BodyInit | null {
  if (body === undefined) return null;
  return body instanceof FormData ? body : JSON.stringify(body);
}

/** Django rotates the token at log-in, so it is read anew for every request. */
function csrfToken(): string {
  const found = /(?:^|;\s*)(?:__Host-)?concord-csrf=([^;]*)/.exec(document.cookie);
  return decodeURIComponent(found?.[1] ?? '');
}

async function parsed(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function byField(errors: Problem['errors'] = {}): FieldErrors {
  if (!Array.isArray(errors)) return errors;
  const fields: FieldErrors = {};
  for (const { param = '', message } of errors) (fields[param] ??= []).push(message);
  return fields;
}

function asProblem(reply: unknown): Problem {
  return typeof reply === 'object' && reply !== null ? reply : {};
}
